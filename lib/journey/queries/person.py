"""One person by code: facts, path and consents; each is empty when this person may not see them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from lib.access import Role
from lib.accounts.models import Account
from lib.db import Query
from lib.journey.models import Beneficiary, Consent, StateEvent
from lib.journey.rules import Answer, Channel, ConsentKind, Employment, Reason, Sex, State, Wave
from lib.sites.models import Site


@dataclass(frozen=True)
class PersonDetail:
    """What is recorded about a person, without who it is."""

    id: int
    code: str
    site_id: int
    site: str
    state: State
    since: date
    seq: int
    reason: Reason | None
    referred_on: date
    recontact_on: date | None
    informed_on: date | None
    included_on: date | None
    wave: Wave
    channel: Channel | None
    birth_year: int | None
    sex: Sex | None
    employment: Employment | None


@dataclass(frozen=True)
class EventRow:
    """One step; `by` is blank for who may not read accounts."""

    seq: int
    to_state: State
    effective_on: date
    at: datetime
    reason: Reason | None
    recontact_on: date | None
    note_version: str
    note: str
    by: str


@dataclass(frozen=True)
class ConsentRow:
    """The answer that counts for one consent."""

    kind: ConsentKind
    answer: Answer
    effective_on: date
    recipient: str


@lru_cache(64)
def person(code: str) -> Query[PersonDetail]:
    """The person of this code, or no row when there is none for who asks."""
    statement = (
        select(
            Beneficiary.id,
            Beneficiary.code,
            Beneficiary.site_id,
            Site.name,
            Beneficiary.state,
            Beneficiary.state_since,
            Beneficiary.seq,
            Beneficiary.reason_code,
            Beneficiary.referred_on,
            Beneficiary.recontact_on,
            Beneficiary.informed_on,
            Beneficiary.included_on,
            Beneficiary.wave,
            Beneficiary.channel,
            Beneficiary.birth_year,
            Beneficiary.sex,
            Beneficiary.employment,
        )
        .join(Site, Site.id == Beneficiary.site_id)
        .where(Beneficiary.code == code, Beneficiary.state.is_not(None))
    )
    return Query(statement, PersonDetail)


@lru_cache(64)
def events(code: str) -> Query[EventRow]:
    """The person's path, first step first; free words may name somebody, so evaluation gets none of them."""
    statement = (
        select(
            StateEvent.seq,
            StateEvent.to_state,
            StateEvent.effective_on,
            StateEvent.at,
            StateEvent.reason_code,
            StateEvent.recontact_on,
            StateEvent.note_version,
            case((func.access.role() == Role.EVALUATOR.value, ""), else_=StateEvent.note),
            func.coalesce(Account.name, ""),
        )
        .join(Beneficiary, Beneficiary.id == StateEvent.beneficiary_id)
        .outerjoin(Account, Account.id == StateEvent.account_id)
        .where(Beneficiary.code == code)
        .order_by(StateEvent.seq)
    )
    return Query(statement, EventRow)


@lru_cache(64)
def consents(code: str) -> Query[ConsentRow]:
    """The newest answer to each consent that was asked."""
    statement = (
        select(Consent.kind, Consent.answer, Consent.effective_on, Consent.recipient)
        .ext(distinct_on(Consent.kind))
        .join(Beneficiary, Beneficiary.id == Consent.beneficiary_id)
        .where(Beneficiary.code == code)
        .order_by(Consent.kind, Consent.id.desc())
    )
    return Query(statement, ConsentRow)
