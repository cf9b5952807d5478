"""What each screen costs the database and the wire: figures that are the same on any machine."""

import asyncio
from typing import Any

import pytest

from tests.bench.counts import measure
from tests.bench.ground import seeded

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bench")]
SIGNED_IN = ("accueil", "recrutement", "personnes")
MOST_ROWS, MOST_BYTES = 2_000, 16_384


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    """Part 1 of the bench on the smallest pilot."""
    with seeded(100) as ground:
        return asyncio.run(measure(ground))


def run_of(measured: dict[str, Any], screen: str, run: str) -> dict[str, Any]:
    return next(one for one in measured["counts"] if (one["screen"], one["run"]) == (screen, run))


def test_nothing_goes_wrong_on_any_screen(measured: dict[str, Any]):
    """A page that fails is cheap: its figures would be the best of all."""
    assert [one["problems"] for one in measured["counts"] if one["problems"]] == []


@pytest.mark.parametrize("screen", SIGNED_IN)
def test_a_rerun_asks_only_who_is_there(measured: dict[str, Any], screen: str):
    """While nothing was written a rerun is one round trip, the session's check, and reads no data."""
    warm = run_of(measured, screen, "warm")
    assert (warm["trips"], warm["data_statements"]) == (1, 0)


@pytest.mark.parametrize("screen", SIGNED_IN)
def test_after_a_write_all_data_come_in_one_round_trip(measured: dict[str, Any], screen: str):
    """The session's check and one pipeline; at 30 ms from the database each further one would be felt."""
    assert run_of(measured, screen, "cold")["trips"] <= 2


@pytest.mark.parametrize("screen", ["recrutement", "personnes"])
def test_a_changed_filter_is_one_round_trip_more(measured: dict[str, Any], screen: str):
    """The first time; going back to a filter seen before reads nothing."""
    assert run_of(measured, screen, "filtered")["trips"] <= 2
    assert run_of(measured, screen, "filtered back")["data_statements"] == 0


def test_signing_in_costs_the_database_nothing_before_it_is_tried(measured: dict[str, Any]):
    """The screen that anybody may open as often as they like."""
    assert run_of(measured, "connexion", "warm")["trips"] == 0


def test_no_view_fetches_or_sends_much(measured: dict[str, Any]):
    """Rows are aggregated and cut by the database, never in the application."""
    heavy = [
        (one["screen"], one["run"], one["rows"], one["data"])
        for one in measured["counts"]
        if one["rows"] > MOST_ROWS or one["data"] > MOST_BYTES
    ]
    assert heavy == []
