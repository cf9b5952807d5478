"""Charts by their specification and rows: validated once, with words for those who do not see them."""

from datetime import date, timedelta
from itertools import pairwise

import altair
import pytest
from jsonschema import ValidationError

from lib.i18n import use_language
from lib.journey.rules import State
from lib.pilot.rules import Point
from lib.recruitment import charts
from lib.recruitment.rules import Count, flow_of

TODAY = date(2026, 11, 23)
PLAN = [Point(date(2026, 9, 7), 0), Point(date(2026, 12, 7), 26)]
TOTALS = [(date(2026, 9, 14), 2), (date(2026, 10, 5), 5)]
FLOW = flow_of(
    [
        Count(0, State.NOT_APPROACHED, "forgotten", 5),
        Count(2, State.ELIGIBLE, "", 8),
        Count(3, State.DEFERRED, "", 6),
        Count(4, State.CONSENTED, "", 41),
    ]
)


def test_the_curve_has_a_row_a_week_with_what_was_planned() -> None:
    rows = charts.curve_rows(TOTALS, PLAN, TODAY)

    assert [row[:2] for row in rows[:5]] == [
        (date(2026, 9, 13), 0),
        (date(2026, 9, 20), 2),
        (date(2026, 9, 27), 2),
        (date(2026, 10, 4), 2),
        (date(2026, 10, 11), 5),
    ]
    assert rows[-1] == (TODAY, 5, 22.0)


def test_the_curve_without_a_plan_or_without_anything() -> None:
    assert charts.curve_rows([], [], TODAY) == []
    assert {row[2] for row in charts.curve_rows(TOTALS, [], TODAY)} == {None}


def test_lines_differ_by_more_than_their_colour() -> None:
    built = charts.inclusions(TOTALS, PLAN, TODAY, dark=False)

    assert built["encoding"]["strokeDash"]["scale"]["domain"] == ["Réalisé", "Prévu"]
    assert {row["line"] for row in built["data"]["values"]} == {"Réalisé", "Prévu"}


def test_the_bars_of_the_flow_add_up() -> None:
    rows = charts.flow_rows(FLOW)
    by_step = {step: sum(n for one, _fate, n in rows if one == step) for step, _fate, _n in rows}
    assert by_step == {
        "Repérage": 60,
        "Éligibilité en cours": 55,
        "Éligible": 55,
        "Information donnée": 47,
        "Inclusion": 41,
    }


def both(dark: bool = False) -> list[charts.Specification]:
    return [charts.inclusions(TOTALS, PLAN, TODAY, dark), charts.flow_bars(FLOW, dark)]


@pytest.mark.parametrize("dark", [False, True])
def test_both_charts_pass_altairs_own_validation_with_their_rows(dark: bool) -> None:
    for built in both(dark):
        assert built["$schema"] == altair.SCHEMA_URL
        again = altair.Chart.from_dict(built, validate=True)
        assert next(iter(again.to_dict()["datasets"].values())) == built["data"]["values"]


@pytest.mark.parametrize("wrong", [{"colour": {"field": "line"}}, {"x": {"field": "on", "type": "tempral"}}])
def test_validation_sees_a_setting_that_does_not_exist(wrong: dict[str, object]) -> None:
    for built in both():
        part = built["layer"][0] if "layer" in built else built
        spoilt = {**part, "encoding": part["encoding"] | wrong}
        whole = {**built, "layer": [spoilt]} if "layer" in built else {**built, **spoilt}
        with pytest.raises(ValidationError):
            altair.Chart.from_dict(whole, validate=True)


def test_the_legend_of_lines_shows_lines() -> None:
    """Two dots would say the colours only, where the dashes tell the plan from what was done."""
    encoding = both()[0]["encoding"]
    assert {encoding[name]["legend"]["symbolType"] for name in ("color", "strokeDash")} == {"stroke"}


def test_a_chart_is_built_once_for_each_theme_and_language() -> None:
    first = charts._flow("fr", False)
    charts.flow_bars(FLOW, dark=False)
    assert charts._flow("fr", False) is first
    assert "data" not in first
    with use_language("en"):
        english = charts.flow_bars(FLOW, dark=False)
    assert english["config"]["locale"] != first["config"]["locale"]


def test_words_for_those_who_do_not_see_the_charts() -> None:
    assert charts.inclusions_in_words(TOTALS, PLAN, TODAY) == (
        "Courbe des inclusions\u00a0: 5 inclusions au 23/11/2026. 22 étaient prévues."
    )
    assert "Éligible\u00a0: 55" in charts.flow_in_words(FLOW)


def test_no_week_is_lost_between_two_inclusions() -> None:
    rows = charts.curve_rows(TOTALS, (), TODAY)
    assert all(b[0] - a[0] == timedelta(days=7) for a, b in pairwise(rows[:-1]))
