"""The path: tables of what may follow, reasons, guards, and what holds for every legal history."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.journey.rules import (
    LIVE,
    REASONS,
    TRANSITIONS,
    Answer,
    ConsentKind,
    ConsentMissing,
    ConsentsUnasked,
    DateOutOfOrder,
    NoteVersionMissing,
    Reason,
    ReasonNotOfState,
    ReasonRequired,
    RecontactDateMissing,
    State,
    StateEventRefused,
    Step,
    check_all_asked,
    check_step,
    next_states,
)
from lib.journey.rules.taken_over import PATHS, Told, check_told, steps_of
from lib.refusal import Refusal

TODAY = date(2026, 11, 23)
SINCE = date(2026, 11, 1)
GIVEN: Mapping[ConsentKind, Answer] = {ConsentKind.BILAN: Answer.GIVEN}


def legal(to: State, on: date = SINCE) -> Step:
    """A step with all that its guards ask for."""
    return Step(
        to=to,
        on=on,
        reason=REASONS[to][0] if to in REASONS else None,
        recontact_on=on + timedelta(days=7) if to is State.DEFERRED else None,
        note_version="v2" if to is State.INFORMED else "",
        consents=GIVEN if to is State.CONSENTED else {},
    )


@pytest.mark.parametrize("old", State)
@pytest.mark.parametrize("new", State)
def test_only_what_the_table_allows_follows(old: State, new: State) -> None:
    if new in TRANSITIONS.get(old, frozenset()):
        assert check_step(old, SINCE, legal(new), TODAY) is None
    else:
        with pytest.raises(StateEventRefused):
            check_step(old, SINCE, legal(new), TODAY)


def test_every_live_state_may_end_and_no_other_goes_on() -> None:
    assert {state for state in State if next_states(state)} == LIVE
    assert all({State.WITHDRAWN, State.DECEASED} <= set(next_states(state)) for state in LIVE)


@pytest.mark.parametrize(
    ("old", "step", "refusal"),
    [
        (State.SCREENING, Step(State.INELIGIBLE, SINCE), ReasonRequired),
        (State.SCREENING, Step(State.INELIGIBLE, SINCE, Reason.FATIGUE), ReasonNotOfState),
        (State.SCREENING, Step(State.ELIGIBLE, SINCE, Reason.AGE), ReasonNotOfState),
        (State.INFORMED, Step(State.DECLINED, SINCE), ReasonRequired),
        (State.ELIGIBLE, Step(State.DEFERRED, SINCE), RecontactDateMissing),
        (State.ELIGIBLE, Step(State.DEFERRED, SINCE, recontact_on=SINCE), RecontactDateMissing),
        (State.ELIGIBLE, Step(State.INFORMED, SINCE, note_version="  "), NoteVersionMissing),
        (State.INFORMED, Step(State.CONSENTED, SINCE), ConsentMissing),
        (
            State.INFORMED,
            Step(State.CONSENTED, SINCE, consents={ConsentKind.BILAN: Answer.REFUSED}),
            ConsentMissing,
        ),
        (State.IDENTIFIED, legal(State.SCREENING, SINCE - timedelta(days=1)), DateOutOfOrder),
        (State.IDENTIFIED, legal(State.SCREENING, TODAY + timedelta(days=1)), DateOutOfOrder),
    ],
)
def test_guards(old: State, step: Step, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_step(old, SINCE, step, TODAY)


def test_each_of_the_five_consents_is_asked() -> None:
    with pytest.raises(ConsentsUnasked, match="Étude d'évaluation, Contact à six mois"):
        check_all_asked(legal(State.CONSENTED))
    answers = dict.fromkeys(ConsentKind, Answer.REFUSED) | GIVEN
    assert check_all_asked(Step(State.CONSENTED, SINCE, consents=answers)) is None


@st.composite
def histories(draw: st.DrawFn) -> list[State]:
    """A legal path from the first state, as long as it goes."""
    path = [State.IDENTIFIED]
    for _ in range(draw(st.integers(0, 12))):
        choices = next_states(path[-1])
        if not choices:
            break
        path.append(draw(st.sampled_from(choices)))
    return path


@given(histories())
def test_no_state_without_the_steps_that_lead_there(path: list[State]) -> None:
    """Nobody is included without having been told, nor told without having been found eligible."""
    for later, earlier in ((State.CONSENTED, State.INFORMED), (State.INFORMED, State.ELIGIBLE)):
        if later in path:
            assert earlier in path[: path.index(later)]


@pytest.mark.parametrize("state", State)
def test_every_status_of_a_spreadsheet_has_a_legal_path(state: State) -> None:
    included = SINCE + timedelta(days=5) if state is State.CONSENTED else None
    told = Told(state, SINCE, REASONS.get(state, (None,))[0], None, included, GIVEN)

    assert check_told(told) == []
    assert tuple(step.to for step in steps_of(told, TODAY)) == PATHS[state]
