"""Decisions about a person's path, and what the person agrees to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.accounts.models import Account
from lib.journey.commands.writing import event_values
from lib.journey.models import Beneficiary, Consent, StateEvent
from lib.journey.rules import (
    Answer,
    ConsentKind,
    ConsentMissing,
    DateOutOfOrder,
    NothingToWithdraw,
    State,
    Step,
    check_all_asked,
    check_step,
)
from lib.refusal import ChangedMeanwhile, NotFound


@dataclass(frozen=True)
class RecordDecision:
    """One more step of a person; `seq` is the number of the last event that was seen."""

    beneficiary_id: int
    seq: int
    step: Step


@dataclass(frozen=True)
class RecordConsent:
    """A consent given later, refused or withdrawn."""

    beneficiary_id: int
    kind: ConsentKind
    answer: Answer
    on: date
    form_version: str = ""
    recipient: str = ""


def record_decision(db: Session, actor: Actor, command: RecordDecision, today: date) -> State:
    """Add the event; raises ChangedMeanwhile with the newer step when somebody else decided first."""
    actor.require(Permission.DECIDE_PATH)
    person = _locked(db, command.beneficiary_id)
    if person.seq != command.seq:
        raise ChangedMeanwhile(theirs=_last_step(db, command.beneficiary_id))
    check_step(person.state, person.since, command.step, today)
    check_all_asked(command.step)
    if command.step.to is State.CONSENTED:
        answers = command.step.consents.items()
        _write_consents(
            db,
            actor,
            [
                RecordConsent(
                    command.beneficiary_id, kind, answer, command.step.on, command.step.note_version
                )
                for kind, answer in answers
            ],
        )
    _write_event(db, actor, command, person.state)
    return command.step.to


def record_consent(db: Session, actor: Actor, command: RecordConsent, today: date) -> None:
    """Add an answer to one consent of a person; the newest counts, the others stay readable."""
    actor.require(Permission.DECIDE_PATH)
    person = _locked(db, command.beneficiary_id)
    if not person.referred_on <= command.on <= today:
        raise DateOutOfOrder(earliest=f"{person.referred_on:%d/%m/%Y}")
    current = db.scalar(
        select(Consent.answer)
        .where(Consent.beneficiary_id == command.beneficiary_id, Consent.kind == command.kind)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    if command.answer is Answer.WITHDRAWN and current is not Answer.GIVEN:
        raise NothingToWithdraw(kind=command.kind.label)
    if command.kind is ConsentKind.BILAN and command.answer is Answer.REFUSED and current is Answer.GIVEN:
        raise ConsentMissing
    _write_consents(db, actor, [command])


@dataclass(frozen=True)
class _Standing:
    """Where a person stands as last saved."""

    state: State
    since: date
    seq: int
    referred_on: date


def _locked(db: Session, beneficiary_id: int) -> _Standing:
    """The person, kept still until the end of the transaction."""
    person = db.execute(
        select(Beneficiary.state, Beneficiary.state_since, Beneficiary.seq, Beneficiary.referred_on)
        .where(Beneficiary.id == beneficiary_id)
        .with_for_update()
    ).first()
    if person is None or person.state is None or person.state_since is None:
        raise NotFound
    return _Standing(person.state, person.state_since, person.seq, person.referred_on)


def _last_step(db: Session, beneficiary_id: int) -> dict[str, object]:
    found = db.execute(
        select(StateEvent.to_state, StateEvent.effective_on, Account.name, StateEvent.seq)
        .outerjoin(Account, Account.id == StateEvent.account_id)
        .where(StateEvent.beneficiary_id == beneficiary_id)
        .order_by(StateEvent.seq.desc())
        .limit(1)
    ).one()
    return {"state": found.to_state, "since": found.effective_on, "by": found.name or "", "seq": found.seq}


def _write_consents(db: Session, actor: Actor, answers: Iterable[RecordConsent]) -> None:
    rows = [
        {
            "beneficiary_id": one.beneficiary_id,
            "kind": one.kind,
            "answer": one.answer,
            "effective_on": one.on,
            "form_version": one.form_version.strip(),
            "recipient": one.recipient.strip(),
            "account_id": actor.account_id,
        }
        for one in answers
    ]
    db.execute(insert(Consent).values(rows))


def _write_event(db: Session, actor: Actor, command: RecordDecision, old: State) -> None:
    values = event_values(command.step, command.seq + 1, old)
    values |= {"effective_on": command.step.on, "recontact_on": command.step.recontact_on}
    db.execute(
        insert(StateEvent).values(
            beneficiary_id=command.beneficiary_id, account_id=actor.account_id, **values
        )
    )
