"""The trail of changes, read through the view that hides from administration what concerns people."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Select,
    String,
    Text,
    case,
    cast,
    column,
    func,
    literal,
    select,
    table,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from lib.accounts.models import Account
from lib.audit.queries.words import Line, lines
from lib.audit.rules import Kept, Verb
from lib.clock import PARIS
from lib.db import Query
from lib.journey.models import Beneficiary, Consent, StateEvent

PAGE = 50
TRAIL = table(
    "trail",
    column("id", BigInteger),
    column("at", DateTime(timezone=True)),
    column("account_id", BigInteger),
    column("verb", Text),
    column("table_name", Text),
    column("row_key", Text),
    column("about_person", Boolean),
    column("before", JSONB),
    column("after", JSONB),
    schema="audit",
)
TABLES: dict[str, str] = {kept.value: kept for kept in Kept}


@dataclass(frozen=True)
class Wanted:
    """What to look for in the trail; `before` is the number of the change that the page starts after."""

    account_id: int | None = None
    verb: Verb | None = None
    table: Kept | None = None
    code: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class ChangeRow:
    """One change: who, when, what; its lines are empty where the values concern a person and are hidden."""

    id: int
    at: datetime
    name: str | None
    verb: Verb
    table: str
    key: str
    code: str | None
    hidden: bool
    lines: tuple[Line, ...]


def changes(wanted: Wanted) -> Query[ChangeRow]:
    """A page of changes, the newest first; one more than a page, so that the reader knows there is a next."""
    statement = (
        select(
            TRAIL.c.id,
            TRAIL.c.at,
            Account.name,
            TRAIL.c.verb,
            TRAIL.c.table_name,
            TRAIL.c.row_key,
            TRAIL.c.about_person,
            TRAIL.c.before,
            TRAIL.c.after,
            Beneficiary.code,
        )
        .outerjoin(Account, Account.id == TRAIL.c.account_id)
        .outerjoin(Beneficiary, Beneficiary.id == _person())
        .where(*_conditions(wanted))
        .order_by(TRAIL.c.id.desc())
        .limit(PAGE + 1)
    )
    return Query(statement, _row, keep=False)


def _person() -> ColumnElement[int]:
    """The person whom a change is about, for those who may see people: others find nobody by it."""
    named = func.coalesce(TRAIL.c.after["beneficiary_id"].astext, TRAIL.c.before["beneficiary_id"].astext)
    own = case((TRAIL.c.table_name == Kept.BENEFICIARY.value, TRAIL.c.row_key))
    return cast(func.coalesce(named, own), BigInteger)


def _row(  # noqa: PLR0913  # as many columns as the statement has
    number: int,
    at: datetime,
    name: str | None,
    verb: str,
    table_name: str,
    key: str,
    about_person: bool,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    code: str | None,
) -> ChangeRow:
    shown = TABLES.get(table_name, table_name)
    hidden = about_person and before is None and after is None
    return ChangeRow(number, at, name, Verb(verb), shown, key, code, hidden, lines(table_name, before, after))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.account_id is not None:
        found.append(TRAIL.c.account_id == wanted.account_id)
    if wanted.verb is not None:
        found.append(TRAIL.c.verb == wanted.verb.value)
    if wanted.table is not None:
        found.append(TRAIL.c.table_name == wanted.table.value)
    if wanted.code:
        found.append(tuple_(TRAIL.c.table_name, TRAIL.c.row_key).in_(_rows_of_person(wanted.code)))
    if wanted.since is not None:
        found.append(TRAIL.c.at >= datetime.combine(wanted.since, time(), PARIS))
    if wanted.until is not None:
        found.append(TRAIL.c.at < datetime.combine(wanted.until + timedelta(days=1), time(), PARIS))
    if wanted.before is not None:
        found.append(TRAIL.c.id < wanted.before)
    return found


def _rows_of_person(code: str) -> Any:
    """The names and keys of the rows about one person, for those who may see the person at all."""
    person = select(Beneficiary.id).where(Beneficiary.code == code).scalar_subquery()

    def rows(kept: Kept, key: Any, owner: Any) -> Select[str, str]:
        return select(literal(kept.value), cast(key, String)).where(owner == person)

    return union_all(
        rows(Kept.BENEFICIARY, Beneficiary.id, Beneficiary.id),
        rows(Kept.STATE_EVENT, StateEvent.id, StateEvent.beneficiary_id),
        rows(Kept.CONSENT, Consent.id, Consent.beneficiary_id),
    )
