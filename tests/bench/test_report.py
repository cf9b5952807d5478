"""The bench tells the truth about its own figures: limits on their side, nothing unmeasured judged."""

from tests.bench.proxy import Frames, Trip
from tests.bench.report import aligned, lines, number
from tests.bench.targets import ALONE, SATURATED, Target, targets


def test_a_limit_is_reached_on_its_own_side():
    """Throughput must be at least, time at most; a limit turned round would praise the worst run."""
    assert Target("temps", 150, 150).reached
    assert not Target("temps", 151, 150).reached
    assert Target("réponses", 30, 30, least=True).reached
    assert not Target("réponses", 29, 30, least=True).reached


def test_what_was_not_measured_is_not_judged():
    """A part left out, or broken, must not read as a target reached."""
    assert targets({"sizes": {"100": {"counts": None, "crowd": None, "browser": None}}}) == []


def test_figures_are_set_against_the_empty_page_of_the_same_run():
    """Only ratios within one run count on a machine that others use as well."""
    alone = {"p50": 30.0, "cpu_ms": 10.0}
    crowd = {"empty": {ALONE: {"p50": 20.0, "cpu_ms": 40.0}}, "personnes": {ALONE: alone}}
    found = {one.what: one for one in targets({"sizes": {"100": {"crowd": crowd}}})}
    assert found["100 · personnes : données arrivées / E"].value == 1.5
    assert found["100 · personnes : processeur / E"].value == 0.25


def test_throughput_has_its_target():
    """The name of a load is how its figures are found again."""
    crowd = {"recrutement": {SATURATED: {"per_second": 12.0}}}
    (found,) = targets({"sizes": {"100": {"crowd": crowd}}})
    assert (found.limit, found.reached) == (30, False)


def test_the_report_says_missed_in_words():
    """The last column is what one looks for; it is a word, not a colour."""
    results = {
        "sizes": {"100": {"filled_seconds": 1, "filled_mb": 80}},
        "starting": {"start": {"cold": 9, "second": 1}},
    }
    told = "\n".join(lines(results))
    assert "MANQUÉ" in told
    assert "atteint" in told


def test_numbers_are_french_and_columns_straight():
    """The report is read by people."""
    assert number(12_345.6, "ms") == "12\u202f346 ms"
    assert number(1.5, "×") == "1,50 ×"
    assert aligned([("a", 1), ("long", 100)]) == ["a       1", "long  100"]


def test_messages_cut_anywhere_are_put_together_again():
    """A network delivers bytes as it likes; a count that depends on it would change from run to run."""
    start = (8).to_bytes(4, "big") + b"\0\0\0\0"
    ready = b"Z" + (5).to_bytes(4, "big") + b"I"
    stream, frames = start + ready * 2, Frames(with_start=True)
    found = [kind for n in range(len(stream)) for kind, _body in frames.feed(stream[n : n + 1])]
    assert found == [b"", b"Z", b"Z"]


def test_only_statements_about_the_study_count_as_data():
    """Opening the transaction, saying who acts and asking for the revision come with every trip."""
    trip = Trip(
        ["begin", "select set_config('role', $1, true)", "select n from pilot.revision", "select 1", "commit"]
    )
    assert trip.asked == ["select n from pilot.revision", "select 1"]
    assert trip.data == ["select 1"]
