"""Identities shown, records refused, lists taken away, and who could have done it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, cast, func, select, text

from lib.access import Role
from lib.accounts.models import Account
from lib.audit.models import Denial, Export, Reveal
from lib.audit.queries.changes import TRAIL
from lib.db import Query

MOST = 200


@dataclass(frozen=True)
class RevealRow:
    """An identity shown to somebody, with the reason that they gave."""

    at: datetime
    name: str | None
    code: str
    reason: str


@dataclass(frozen=True)
class DenialRow:
    """Something refused to somebody."""

    at: datetime
    name: str | None
    role: Role
    asked: str


@dataclass(frozen=True)
class ExportRow:
    """A list that left the application."""

    at: datetime
    name: str | None
    what: str
    rows: int
    columns: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody with an account, for the filter."""

    id: int
    name: str


def reveals(account_id: int | None = None) -> Query[RevealRow]:
    """The newest first."""
    statement = select(Reveal.at, Account.name, Reveal.code, Reveal.reason)
    statement = statement.outerjoin(Account, Account.id == Reveal.account_id)
    if account_id is not None:
        statement = statement.where(Reveal.account_id == account_id)
    return Query(statement.order_by(Reveal.id.desc()).limit(MOST), RevealRow, keep=False)


def denials(account_id: int | None = None) -> Query[DenialRow]:
    """The newest first."""
    statement = select(Denial.at, Account.name, Denial.role, Denial.asked)
    statement = statement.outerjoin(Account, Account.id == Denial.account_id)
    if account_id is not None:
        statement = statement.where(Denial.account_id == account_id)
    return Query(statement.order_by(Denial.id.desc()).limit(MOST), _denial, keep=False)


def _denial(at: datetime, name: str | None, role: str, asked: str) -> DenialRow:
    return DenialRow(at, name, Role(role), asked)


def exports(account_id: int | None = None) -> Query[ExportRow]:
    """The newest first."""
    listed = func.array_to_string(Export.columns, ", ")
    statement = select(Export.at, Account.name, Export.what, Export.rows, listed)
    statement = statement.outerjoin(Account, Account.id == Export.account_id)
    if account_id is not None:
        statement = statement.where(Export.account_id == account_id)
    return Query(statement.order_by(Export.id.desc()).limit(MOST), ExportRow, keep=False)


def people() -> Query[PersonRow]:
    """Everybody with an account, by name."""
    statement = select(Account.id, Account.name).order_by(func.lower(Account.name), Account.id)
    return Query(statement, PersonRow)


def months() -> Query[date]:
    """The months from the first change to the last one, the newest first."""
    bounds = select(func.min(TRAIL.c.at).label("first"), func.max(TRAIL.c.at).label("last")).subquery()
    month = func.generate_series(
        func.date_trunc("month", bounds.c.last),
        func.date_trunc("month", bounds.c.first),
        text("interval '-1 month'"),
    )
    return Query(select(cast(month, Date)), lambda found: found, keep=False)
