"""Files and functions stay small enough to be read whole before they are changed."""

from tests.architecture.sizes import FUNCTION, PAGE, allowed_lines, long_file, long_functions
from tests.architecture.source import Source, python_files


def test_files_keep_their_size():
    """A page of 300 lines hides a computation that nobody tests, or a question asked before the guard."""
    assert [finding for source in python_files() for finding in long_file(source)] == []


def test_functions_keep_their_size():
    """A long function mixes deciding and doing; the case that is forgotten is in its middle."""
    assert [finding for source in python_files() for finding in long_functions(source)] == []


def test_one_line_too_many_is_seen():
    """Guards the check itself: at the limit is fine, one line over is not."""
    line = "value = 1\n"
    assert long_file(Source("pages/sites/liste.py", line * PAGE)) == []
    assert long_file(Source("pages/sites/liste.py", line * (PAGE + 1))) == [
        "pages/sites/liste.py:80: 81 lines, 80 allowed"
    ]


def test_each_kind_of_file_has_its_limit():
    """A test module is a list of cases and may be longer; the entry has the shortest leash."""
    paths = [
        "Home.py",
        "pages/a/b.py",
        "lib/sites/rules.py",
        "tests/sites/test_rules.py",
        "data/migrations/env.py",
    ]
    assert [allowed_lines(Source(path, "")) for path in paths] == [60, 80, 250, 400, 250]


def test_a_function_counts_what_it_holds():
    """A body moved into a nested function must not make the outer one look short."""
    nested = "def outer():\n    def inner():\n" + "        a = 1\n" * (FUNCTION - 2)
    assert long_functions(Source("lib/x.py", nested)) == []
    longer = long_functions(Source("lib/x.py", nested + "    return inner\n"))
    assert longer == ["lib/x.py:1: outer: 31 lines, 30 allowed"]


def test_tests_and_migrations_may_be_long():
    """A migration or a story is told in one go; cutting it would only hide its order."""
    body = "def upgrade():\n" + "    a = 1\n" * 50
    assert long_functions(Source("data/migrations/versions/0001.py", body)) == []
    assert len(long_functions(Source("lib/db/x.py", body))) == 1
