"""New people written all at once: one statement per table, whether one person is oriented or ten thousand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from lib.access import Actor
from lib.journey.commands.sealing import Keyring
from lib.journey.rules import (
    Answer,
    Channel,
    ConsentKind,
    Employment,
    Identity,
    Sex,
    State,
    Step,
    Wave,
    marks,
    new_code,
)
from lib.journey.rules.codes import ALPHABET, FEWEST, MOST
from lib.refusal import Refusal

NO_IDENTITY = Identity()
ROOM = 20
"""Codes there must be for each one that is drawn, so that few draws meet."""


class NoCodeLeft(Refusal):
    """Every code that was drawn is taken; with eight signs that takes billions of people."""

    text = "Aucun code libre n'a été trouvé. Réessayez."


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is not in the study yet: what is known, and the steps already made after the first one."""

    site_id: int
    referred_on: date
    wave: Wave
    channel: Channel | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    employment: Employment | None = None
    identity: Identity = NO_IDENTITY
    steps: Sequence[Step] = ()
    consents: Sequence[tuple[ConsentKind, Answer, date]] = ()
    note: str = ""
    source: tuple[str, str] | None = None
    """Key and digest (hexadecimal) of the spreadsheet's row that it comes from."""


@dataclass(frozen=True)
class Written:
    """What a new person became."""

    id: int
    code: str


@dataclass
class _Rows:
    """Rows to insert, by table."""

    events: list[dict[str, Any]] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)
    identities: list[dict[str, Any]] = field(default_factory=list)
    traces: list[dict[str, Any]] = field(default_factory=list)


PEOPLE = text(
    """
    insert into pilot.beneficiary
        (code, site_id, channel, wave, referred_on, birth_year, sex, employment, source_key, source_digest)
    select
        p.code, p.site_id, p.channel, p.wave, p.referred_on, p.birth_year, p.sex, p.employment,
        decode(p.source_key, 'hex'), decode(p.source_digest, 'hex')
    from json_to_recordset(cast(:rows as json)) as p (
        code text, site_id bigint, channel text, wave text, referred_on date, birth_year smallint, sex text,
        employment text, source_key text, source_digest text
    )
    on conflict (code) do nothing
    returning id, code
    """
)
CONSENTS = text(
    """
    insert into pilot.consent (beneficiary_id, kind, answer, effective_on, account_id)
    select c.beneficiary_id, c.kind, c.answer, c.effective_on, :account_id
    from json_to_recordset(cast(:rows as json)) as c (
        beneficiary_id bigint, kind text, answer text, effective_on date
    )
    """
)
EVENTS = text(
    """
    insert into pilot.state_event (
        beneficiary_id, seq, from_state, to_state, effective_on, account_id, reason_code, recontact_on,
        note_version, note
    )
    select
        e.beneficiary_id, e.seq, e.from_state, e.to_state, e.effective_on, :account_id, e.reason_code,
        e.recontact_on, e.note_version, e.note
    from json_to_recordset(cast(:rows as json)) as e (
        beneficiary_id bigint, seq integer, from_state text, to_state text, effective_on date, reason_code text,
        recontact_on date, note_version text, note text
    )
    """
)
IDENTITIES = text(
    """
    insert into vault.identity (beneficiary_id, sealed)
    select i.beneficiary_id, i.sealed
    from json_to_recordset(cast(:rows as json)) as i (beneficiary_id bigint, sealed text)
    """
)
TRACES = text(
    """
    insert into vault.trace (beneficiary_id, kind, digest)
    select t.beneficiary_id, t.kind, decode(t.digest, 'hex')
    from json_to_recordset(cast(:rows as json)) as t (beneficiary_id bigint, kind text, digest text)
    """
)


def write_people(
    db: Session, actor: Actor, people: Sequence[NewPerson], ring: Keyring | None
) -> list[Written]:
    """Insert the people with their consents, events and sealed identities; in the order given.

    `ring` may be None when no identity is known. Consents come before events: an inclusion looks for its own.
    """
    written = _with_codes(db, people)
    rows = _Rows()
    for person, made in zip(people, written, strict=True):
        rows.events += _events(person, made.id)
        rows.consents += [
            {"beneficiary_id": made.id, "kind": kind, "answer": answer, "effective_on": str(on)}
            for kind, answer, on in person.consents
        ]
        if ring is not None and person.identity.known:
            _seal(rows, ring, person, made)
    _insert(db, CONSENTS, rows.consents, account_id=actor.account_id)
    _insert(db, EVENTS, rows.events, account_id=actor.account_id)
    _insert(db, IDENTITIES, rows.identities)
    _insert(db, TRACES, rows.traces)
    return written


def _insert(db: Session, statement: Any, rows: list[dict[str, Any]], **values: object) -> None:
    if rows:
        db.execute(statement, {"rows": json.dumps(rows), **values})


def _with_codes(db: Session, people: Sequence[NewPerson]) -> list[Written]:
    """Each gets a free code; many at once get longer ones, and so do those who meet a taken one twice."""
    written: dict[int, Written] = {}
    first = next(n for n in range(FEWEST, MOST + 1) if len(ALPHABET) ** n >= ROOM * len(people) or n == MOST)
    for length in (first, first, *range(first + 1, MOST + 1)):
        drawn: dict[str, int] = {}
        for position in (n for n in range(len(people)) if n not in written):
            drawn.setdefault(new_code(length), position)
        rows = [_person_row(people[position], code) for code, position in drawn.items()]
        for number, code in db.execute(PEOPLE, {"rows": json.dumps(rows)}):
            written[drawn[code]] = Written(number, code)
        if len(written) == len(people):
            return [written[position] for position in range(len(people))]
    raise NoCodeLeft


def _person_row(person: NewPerson, code: str) -> dict[str, Any]:
    source_key, source_digest = person.source or (None, None)
    return {
        "code": code,
        "site_id": person.site_id,
        "channel": person.channel,
        "wave": person.wave,
        "referred_on": str(person.referred_on),
        "birth_year": person.birth_year,
        "sex": person.sex,
        "employment": person.employment,
        "source_key": source_key,
        "source_digest": source_digest,
    }


def _events(person: NewPerson, number: int) -> list[dict[str, Any]]:
    first = Step(State.IDENTIFIED, person.referred_on, note=person.note)
    path = [first, *person.steps]
    return [
        {"beneficiary_id": number, **event_values(step, seq, path[seq - 2].to if seq > 1 else None)}
        for seq, step in enumerate(path, start=1)
    ]


def event_values(step: Step, seq: int, old: State | None) -> dict[str, Any]:
    """A step as a row of `state_event`."""
    return {
        "seq": seq,
        "from_state": old,
        "to_state": step.to,
        "effective_on": str(step.on),
        "reason_code": step.reason,
        "recontact_on": None if step.recontact_on is None else str(step.recontact_on),
        "note_version": step.note_version.strip(),
        "note": step.note.strip(),
    }


def _seal(rows: _Rows, ring: Keyring, person: NewPerson, made: Written) -> None:
    sealed = ring.seal(made.code, person.identity)
    rows.identities.append({"beneficiary_id": made.id, "sealed": sealed})
    for kind, mark in marks(person.identity, person.birth_year).items():
        digest = ring.digest(kind, mark).hex()
        rows.traces.append({"beneficiary_id": made.id, "kind": kind, "digest": digest})
