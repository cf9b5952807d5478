"""A site's states follow each other, each with what it needs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.sites.rules import (
    TRANSITIONS,
    ChecklistOpen,
    EffectiveInFuture,
    EffectiveTooEarly,
    ReasonMissing,
    SiteState,
    Step,
    TransitionRefused,
    check_effective,
    check_transition,
    open_days,
    taken_over_path,
)

TODAY = date(2026, 11, 20)
DONE = dict.fromkeys(Step, TODAY)
ACTIVATED, PAUSED, CLOSED = SiteState.ACTIVATED, SiteState.PAUSED, SiteState.CLOSED


@pytest.mark.parametrize("old", list(SiteState))
@pytest.mark.parametrize("new", list(SiteState))
def test_only_the_known_transitions_happen(old: SiteState, new: SiteState) -> None:
    if new in TRANSITIONS[old]:
        assert check_transition(old, new, DONE, "motif") is None
    else:
        with pytest.raises(TransitionRefused):
            check_transition(old, new, DONE, "motif")


@pytest.mark.parametrize("step", list(Step))
def test_an_open_step_keeps_a_site_from_being_activated(step: Step) -> None:
    with pytest.raises(ChecklistOpen) as refused:
        check_transition(SiteState.AGREED, ACTIVATED, {**DONE, step: None}, "")
    assert str(refused.value).endswith(f"Il manque : {step.label}.")


@pytest.mark.parametrize("new", [PAUSED, CLOSED])
def test_a_pause_and_a_closure_need_their_reason(new: SiteState) -> None:
    with pytest.raises(ReasonMissing):
        check_transition(ACTIVATED, new, DONE, "  ")


def test_dates_of_effect_follow_each_other() -> None:
    assert check_effective(TODAY, TODAY, TODAY) is None
    with pytest.raises(EffectiveInFuture):
        check_effective(TODAY + timedelta(1), None, TODAY)
    with pytest.raises(EffectiveTooEarly, match="20/11/2026"):
        check_effective(TODAY - timedelta(1), TODAY, TODAY)


@pytest.mark.parametrize(
    ("opening", "last"),
    [
        (None, SiteState.PROSPECT),
        (TODAY + timedelta(1), SiteState.AGREED),
        (TODAY, ACTIVATED),
        (date(2026, 2, 5), ACTIVATED),
    ],
)
def test_a_site_taken_over_has_gone_a_legal_way(opening: date | None, last: SiteState) -> None:
    path = taken_over_path(opening, TODAY)
    assert path[0] is SiteState.PROSPECT
    assert path[-1] is last
    assert all(new in TRANSITIONS[old] for old, new in pairwise(path))


def test_open_days_leave_pauses_out() -> None:
    events = [
        (date(2026, 1, 1), ACTIVATED),
        (date(2026, 1, 11), PAUSED),
        (date(2026, 2, 1), ACTIVATED),
        (date(2026, 2, 6), CLOSED),
    ]
    assert open_days(events, date(2026, 12, 31)) == 15


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(SiteState))))
def test_open_days_never_exceed_the_time_passed(events: list[tuple[date, SiteState]]) -> None:
    events.sort(key=lambda event: event[0])
    until = date(2026, 6, 30)
    days = open_days(events, until)
    assert 0 <= days <= (max((until - events[0][0]).days, 0) if events else 0)
