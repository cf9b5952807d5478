"""The list of people, a page at a time, as fast with 100,000 people as with 100."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Date, DateTime, Select, and_, cast, func, literal, literal_column, select, tuple_
from sqlalchemy.sql import ColumnElement

from lib.access import Actor, Role
from lib.db import Query
from lib.journey.models import Beneficiary
from lib.journey.rules import Channel, MistypedCode, NotACode, State, Wave, bare, normalise
from lib.journey.rules.codes import PREFIX
from lib.sites.models import Site

PAGE = 50
COUNTED = 1000
"""Beyond this many the list says « plus de 1 000 »: counting them all would cost more than it tells."""

COLUMNS = (
    "id", "code", "site_id", "state", "state_since", "referred_on", "recontact_on", "wave", "channel", "seq",
)  # fmt: skip
"""The fields of PersonRow that the person's own table gives, in their order."""


@dataclass(frozen=True)
class PeopleFilter:
    """Which people; months are their first days and both ends are included."""

    state: State | None = None
    site_id: int | None = None
    region: str | None = None
    wave: Wave | None = None
    channel: Channel | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Cursor:
    """The last person of the page before, in the order of the list (latest orientation first)."""

    referred_on: date
    id: int

    @classmethod
    def read(cls, text: str | None) -> "Cursor | None":
        """From the address; what is not a cursor starts at the beginning."""
        day, _, number = (text or "").partition("~")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.referred_on}~{self.id}"


@dataclass(frozen=True)
class PersonRow:
    """One line of the list."""

    id: int
    code: str
    site_id: int
    state: State
    since: date
    referred_on: date
    recontact_on: date | None
    wave: Wave
    channel: Channel | None
    seq: int
    site: str

    @property
    def cursor(self) -> Cursor:
        """Where the next page begins when this is the last line."""
        return Cursor(self.referred_on, self.id)


def people(
    actor: Actor, asked: PeopleFilter, after: Cursor | None = None, limit: int = PAGE
) -> Query[PersonRow]:
    """People, latest orientation first; one line more than `limit`, to know whether there is a next page.

    The page is cut before the names of sites are joined: the planner cannot see how many rows the policies let
    through, expects few, and would join and sort everybody.
    """
    return _people(_of_scope(actor, asked), after, limit)


@lru_cache(64)
def _people(asked: PeopleFilter, after: Cursor | None, limit: int) -> Query[PersonRow]:
    conditions = [Beneficiary.state.is_not(None), _wanted(asked)]
    if after is not None:
        place = tuple_(Beneficiary.referred_on, Beneficiary.id)
        conditions.append(place < tuple_(literal(after.referred_on), literal(after.id)))
    order = (Beneficiary.referred_on.desc(), Beneficiary.id.desc())
    page = select(Beneficiary).where(*conditions).order_by(*order).limit(limit + 1).subquery()
    columns: list[Any] = [page.c[name] for name in COLUMNS]
    statement = (
        select(*columns, Site.name)
        .join_from(page, Site, Site.id == page.c.site_id)
        .order_by(page.c.referred_on.desc(), page.c.id.desc())
    )
    return Query(statement, PersonRow)


def count_people(actor: Actor, asked: PeopleFilter) -> Query[int]:
    """How many there are, counted up to COUNTED + 1."""
    return _count_people(_of_scope(actor, asked))


@lru_cache(64)
def _count_people(asked: PeopleFilter) -> Query[int]:
    some: Select[Any] = select(Beneficiary.id).where(_wanted(asked)).limit(COUNTED + 1)
    return Query(select(func.count()).select_from(some.subquery()), int)


@cache
def oriented_months() -> Query[date]:
    """The first days of the months in which people were oriented, latest first; both ends from the index."""
    first = select(func.min(Beneficiary.referred_on)).scalar_subquery()
    last = select(func.max(Beneficiary.referred_on)).scalar_subquery()
    series = func.generate_series(
        func.date_trunc("month", cast(first, DateTime)),
        cast(last, DateTime),
        literal_column("interval '1 month'"),
    )
    month = cast(series.column_valued("month"), Date)
    return Query(select(month).order_by(month.desc()), _itself)


def _itself(month: date) -> date:
    return month


def _of_scope(actor: Actor, asked: PeopleFilter) -> PeopleFilter:
    """A referent's own site is repeated in the filter, so that its index serves; queries are kept by filter."""
    return replace(asked, site_id=actor.scope_id) if actor.role is Role.SITE_REFERENT else asked


def _wanted(asked: PeopleFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [literal(True)]
    if asked.site_id is not None:
        conditions.append(Beneficiary.site_id == asked.site_id)
    if asked.region:
        conditions.append(Beneficiary.site_id.in_(select(Site.id).where(Site.region_code == asked.region)))
    for column, value in (
        (Beneficiary.state, asked.state),
        (Beneficiary.wave, asked.wave),
        (Beneficiary.channel, asked.channel),
    ):
        if value is not None:
            conditions.append(column == value)
    if asked.since:
        conditions.append(Beneficiary.referred_on >= asked.since)
    if asked.until:
        following = (asked.until.replace(day=1) + timedelta(days=32)).replace(day=1)
        conditions.append(Beneficiary.referred_on < following)
    if asked.words:
        conditions.append(_code_begins(asked.words))
    return and_(*conditions)


def _code_begins(words: str) -> ColumnElement[bool]:
    """A whole code is found through its index; the beginning of one by looking at all of them."""
    try:
        return Beneficiary.code == normalise(words)
    except (MistypedCode, NotACode):
        return Beneficiary.code.startswith(PREFIX + bare(words), autoescape=True)
