"""The plan: straight lines between points, versions that stay, and nobody's newer version overwritten."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.journey.rules import WAVE_TARGETS
from lib.pilot.commands import SetMainWave, SetPlan, set_main_wave, set_plan
from lib.pilot.queries import is_demo, main_wave_from, plan_in_force, plan_versions
from lib.pilot.rules import (
    PARTICIPANTS,
    PlanOutOfOrder,
    PlanTooShort,
    PlanWithoutReason,
    Point,
    check_plan,
    planned_at,
)
from lib.refusal import ChangedMeanwhile, NotAllowed, Refusal

START, MIDDLE, END = date(2026, 3, 1), date(2026, 3, 11), date(2026, 4, 10)
POINTS = (Point(START, 0), Point(MIDDLE, 20), Point(END, 80))


@pytest.mark.parametrize(
    ("on", "planned"),
    [
        (date(2026, 2, 1), 0),
        (START, 0),
        (date(2026, 3, 6), 10),
        (MIDDLE, 20),
        (date(2026, 3, 26), 50),
        (END, 80),
        (date(2027, 1, 1), 80),
    ],
)
def test_straight_lines_join_the_points(on: date, planned: float) -> None:
    assert planned_at(POINTS, on) == planned


def test_without_a_plan_nothing_is_planned() -> None:
    assert planned_at((), START) is None


@given(st.dates(START, END), st.dates(START, END))
def test_what_is_planned_never_goes_down(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert (planned_at(POINTS, first) or 0) <= (planned_at(POINTS, second) or 0)


@pytest.mark.parametrize(
    ("points", "reason", "refusal"),
    [
        (POINTS[:1], "départ", PlanTooShort),
        (tuple(Point(date(2026, 1, 1 + n % 28), n) for n in range(61)), "trop", PlanTooShort),
        ((POINTS[1], POINTS[0]), "à l'envers", PlanOutOfOrder),
        ((Point(START, 5), Point(END, 4)), "en baisse", PlanOutOfOrder),
        ((Point(START, 5), Point(START, 6)), "deux fois", PlanOutOfOrder),
        ((Point(START, -5), Point(END, 6)), "négatif", PlanOutOfOrder),
        (POINTS, "  ", PlanWithoutReason),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    points: tuple[Point, ...], reason: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as said:
        check_plan(points, reason)
    assert "{" not in str(said.value)


def test_the_waves_make_up_the_participants() -> None:
    assert sum(WAVE_TARGETS.values()) == PARTICIPANTS


def test_a_new_version_is_in_force_and_the_first_stays(database: URL, coordinator: Actor) -> None:
    with acting_as(coordinator) as db:
        first = set_plan(db, coordinator, SetPlan(tuple(reversed(POINTS)), "Départ"))
    with acting_as(coordinator) as db:
        set_plan(db, coordinator, SetPlan((Point(START, 0), Point(END, 90)), "Deux sites de plus", first))

    in_force, versions = read(coordinator, plan_in_force(), plan_versions())
    assert in_force == [Point(START, 0), Point(END, 90)]
    assert [(one.reason, one.inclusions) for one in versions] == [("Deux sites de plus", 90), ("Départ", 80)]


def test_the_second_of_two_coordinators_sees_the_other_plan(database: URL, coordinator: Actor) -> None:
    with acting_as(coordinator) as db:
        set_plan(db, coordinator, SetPlan(POINTS, "Départ"))

    with pytest.raises(ChangedMeanwhile) as refusal, acting_as(coordinator) as db:
        set_plan(db, coordinator, SetPlan((Point(START, 0), Point(END, 90)), "Sans avoir vu"))
    assert refusal.value.theirs == {"01/03/2026": 0, "11/03/2026": 20, "10/04/2026": 80}
    assert read(coordinator, plan_in_force()) == (list(POINTS),)


def test_only_coordination_plans(database: URL, acting: Callable[..., Actor]) -> None:
    evaluator = acting(Role.EVALUATOR)
    with pytest.raises(NotAllowed), acting_as(evaluator) as db:
        set_plan(db, evaluator, SetPlan(POINTS, "Départ"))
    with pytest.raises(NotAllowed), acting_as(evaluator) as db:
        set_main_wave(db, evaluator, SetMainWave(START))
    assert read(evaluator, plan_in_force()) == ([],)


def test_the_main_wave_may_be_moved(database: URL, coordinator: Actor) -> None:
    for day in (START, END):
        with acting_as(coordinator) as db:
            set_main_wave(db, coordinator, SetMainWave(day))
    assert read(coordinator, main_wave_from(), is_demo()) == ([END], [])
