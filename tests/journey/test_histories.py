"""Whatever happens to people, the database's derived state is their last event and the flow balances."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from lib.access import Actor
from lib.db import acting_as
from lib.journey.commands import NewPerson, write_people
from lib.journey.models import StateEvent
from lib.journey.rules import (
    LIVE,
    REASONS,
    STEPS,
    Answer,
    ConsentKind,
    State,
    Step,
    Wave,
    check_step,
    next_states,
)
from lib.refusal import ChangedMeanwhile, Refusal
from tests.journey.conftest import TODAY

START = date(2026, 3, 2)
GIVEN: Mapping[ConsentKind, Answer] = {ConsentKind.BILAN: Answer.GIVEN}


def history(chance: Random) -> list[Step]:
    """Legal steps from the first state on, until nothing follows or chance ends it."""
    steps: list[Step] = []
    state, on = State.IDENTIFIED, START
    while (choices := next_states(state)) and chance.random() < 0.85:
        to = chance.choice(choices)
        later = on + timedelta(days=chance.randrange(6))
        step = Step(
            to=to,
            on=later,
            reason=chance.choice(REASONS[to]) if to in REASONS else None,
            recontact_on=later + timedelta(days=7) if to is State.DEFERRED else None,
            note_version="v1" if to is State.INFORMED else "",
            consents=GIVEN if to is State.CONSENTED else {},
        )
        check_step(state, on, step, TODAY)
        steps.append(step)
        state, on = to, later
    return steps


@pytest.mark.parametrize("seed", range(3))
def test_the_state_is_the_last_event_and_every_box_balances(
    sites: dict[str, int], keys: Path, coordinator: Actor, owner: Engine, seed: int
) -> None:
    chance = Random(seed)
    numbers = list(sites.values())
    people = [
        NewPerson(
            site_id=chance.choice(numbers),
            referred_on=START,
            wave=chance.choice(list(Wave)),
            steps=history(chance),
            consents=[(ConsentKind.BILAN, Answer.GIVEN, START)],
        )
        for _ in range(150)
    ]
    with acting_as(coordinator) as db:
        written = write_people(db, coordinator, people, None)

    with owner.connect() as connection:
        states = dict(connection.execute(text("select id, state from pilot.beneficiary")).all())
        flow = connection.execute(text("select furthest, state, n from pilot.flow_count where n <> 0")).all()
    expected = {
        made.id: (person.steps[-1].to if person.steps else State.IDENTIFIED).value
        for person, made in zip(people, written, strict=True)
    }
    assert states == expected
    for box in range(len(STEPS)):
        reached = sum(n for furthest, _, n in flow if furthest >= box)
        further = sum(n for furthest, _, n in flow if furthest > box)
        left = sum(n for furthest, state, n in flow if furthest == box and state not in LIVE)
        stay = sum(n for furthest, state, n in flow if furthest == box and state in LIVE)
        assert reached == further + left + stay
        assert reached == sum(
            1 for person in people
            if max(STEPS.index(s) for s in (State.IDENTIFIED, *(p.to for p in person.steps)) if s in STEPS) >= box
        )  # fmt: skip


def test_an_event_that_does_not_continue_the_path_is_refused(
    sites: dict[str, int], coordinator: Actor, owner: Engine
) -> None:
    person = NewPerson(site_id=sites["CH du Parc"], referred_on=START, wave=Wave.TEST)
    with acting_as(coordinator) as db:
        (made,) = write_people(db, coordinator, [person], None)
    jump = {"from_state": State.ELIGIBLE, "to_state": State.INFORMED, "effective_on": START, "account_id": 1}

    with pytest.raises(ChangedMeanwhile), acting_as(coordinator) as db:
        db.execute(insert(StateEvent).values(beneficiary_id=made.id, seq=2, **jump))


def test_no_inclusion_without_consent_whatever_a_program_sends(
    sites: dict[str, int], coordinator: Actor
) -> None:
    steps = [
        Step(State.SCREENING, START),
        Step(State.ELIGIBLE, START),
        Step(State.INFORMED, START, note_version="v1"),
        Step(State.CONSENTED, START, consents=GIVEN),
    ]
    person = NewPerson(site_id=sites["CH du Parc"], referred_on=START, wave=Wave.TEST, steps=steps)

    with pytest.raises(Refusal, match="accord enregistré"), acting_as(coordinator) as db:
        write_people(db, coordinator, [person], None)


def test_a_path_is_never_rewritten(sites: dict[str, int], coordinator: Actor, owner: Engine) -> None:
    person = NewPerson(site_id=sites["CH du Parc"], referred_on=START, wave=Wave.TEST)
    with acting_as(coordinator) as db:
        write_people(db, coordinator, [person], None)

    for change in ("update pilot.state_event set note = 'x'", "delete from pilot.state_event"):
        with pytest.raises(DBAPIError, match="only added to"), owner.begin() as connection:
            connection.execute(text(change))
    with owner.connect() as connection:
        assert connection.scalars(select(StateEvent.note)).all() == [""]


def test_codes_grow_when_they_run_short(
    sites: dict[str, int], coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Far more people than codes of one length can hold without meeting one another."""
    people = [NewPerson(site_id=sites["CH du Parc"], referred_on=START, wave=Wave.TEST)] * 3000
    with acting_as(coordinator) as db:
        written = write_people(db, coordinator, people, None)

    assert len({one.code for one in written}) == 3000
    assert {len(one.code) for one in written} <= {7, 8, 9}
