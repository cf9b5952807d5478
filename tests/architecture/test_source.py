"""Rules that no tool knows: each test names the leak or the harm that its rule prevents."""

from collections.abc import Callable, Iterable

from tests.architecture import checks
from tests.architecture.source import ROOT, Source, application, python_files, text_files


def findings(check: Callable[[Source], list[str]], sources: Iterable[Source]) -> list[str]:
    return [finding for source in sources for finding in check(source)]


def test_every_page_asks_who_acts_first():
    """A page that reads before the guard shows people's data to whoever guesses its address."""
    assert findings(checks.unguarded_page, python_files("pages")) == []


def test_no_page_can_be_opened_without_home():
    """Streamlit serves a script straight under pages/ by itself on a fresh server: no sign-in, no headers."""
    assert findings(checks.page_outside_a_folder, python_files("pages")) == []


def test_only_the_database_kernel_opens_and_commits():
    """A session made elsewhere runs without an identity: the policies would not know whose rows to hide."""
    outside = [source for source in application() if not source.within("lib/db")]
    assert findings(checks.database_words, outside) == []


def test_only_the_clock_reads_the_clock():
    """A date read in two places differs around midnight, and a deadline no test can move is untested."""
    outside = [source for source in application() if source.path != "lib/clock.py"]
    assert findings(checks.clock_reads, outside) == []


def test_no_cache_is_shared_between_people():
    """Streamlit's caches forget who asked: one person's rows would be served to the next."""
    assert findings(checks.shared_caches, application()) == []


def test_no_error_is_swallowed():
    """A save that failed in silence looks saved; the person finds out weeks later."""
    assert findings(checks.swallowed_errors, python_files()) == []


def test_every_module_says_what_it_is_for():
    """Without that sentence the next person writes the same thing again elsewhere."""
    assert findings(checks.missing_docstring, python_files()) == []


def test_a_type_error_is_ignored_only_with_a_reason():
    """A blanket ignore also hides the next, real mistake on its line."""
    assert findings(checks.bare_ignores, python_files()) == []


def test_nothing_is_left_for_later_in_the_text():
    """A note in the code is read by nobody; what is missing belongs to an issue that somebody closes."""
    assert findings(checks.left_behind, text_files()) == []


def test_no_path_of_one_machine():
    """It works here and fails on every other computer, or tells a stranger how ours is arranged."""
    assert findings(checks.machine_paths, text_files()) == []


def test_every_test_can_fail():
    """A test without an assertion is a promise that nobody keeps."""
    tests = [source for source in python_files("tests") if source.path.rpartition("/")[2].startswith("test_")]
    assert findings(checks.empty_tests, tests) == []


def test_the_tests_really_read_the_project():
    """Guards all of the above: a moved folder must not turn them into tests over nothing."""
    paths = {source.path for source in text_files()}
    assert {"Makefile", "pyproject.toml", "lib/clock.py", "tests/architecture/test_source.py"} <= paths
    assert (ROOT / "lib" / "clock.py").is_file()
