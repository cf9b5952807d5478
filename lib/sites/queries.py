"""What the screens read of sites: the list, one site, its story, and names to choose from."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from sqlalchemy import Date, Subquery, and_, case, func, literal, select
from sqlalchemy.sql import ColumnElement

from lib.accounts.models import Account
from lib.db import Query
from lib.pilot.models import Department, Region
from lib.sheets.text import key
from lib.sites.models import Site, SiteEvent
from lib.sites.rules import Kind, SiteState, Step

MOST = 500


@dataclass(frozen=True)
class SiteRow:
    """One line of the list; `gaps` counts the open steps of the checklist."""

    id: int
    name: str
    kind: Kind
    city: str
    region: str
    department_code: str | None
    state: SiteState
    target: int | None
    opening_on: date | None
    gaps: int
    open_days: int


@dataclass(frozen=True)
class SiteDetail:
    """Everything recorded on one site."""

    id: int
    version: int
    name: str
    kind: Kind
    city: str
    region_code: str
    region: str
    department_code: str | None
    department: str | None
    target: int | None
    opening_on: date | None
    referent_name: str
    referent_email: str
    agreement_signed_on: date | None
    referent_named_on: date | None
    staff_briefed_on: date | None
    material_delivered_on: date | None
    state: SiteState
    open_days: int

    @property
    def steps(self) -> dict[Step, date | None]:
        """The activation checklist."""
        return {step: getattr(self, step.value) for step in Step}


@dataclass(frozen=True)
class EventRow:
    """One change of state; `by` is blank for who may not read accounts."""

    from_state: SiteState | None
    to_state: SiteState
    effective_on: date
    at: datetime
    reason: str
    account_id: int
    by: str


@dataclass(frozen=True)
class StateCount:
    """How many sites stand in one state, and how many of their checklist's steps are open."""

    state: SiteState
    sites: int
    target: int
    gaps: int


@dataclass(frozen=True)
class SiteOption:
    """A site to choose."""

    id: int
    name: str
    state: SiteState


def open_days_by_site(until: date) -> Subquery:
    """(site_id, open_days): days spent activated before `until`, as `rules.open_days` counts them."""
    end = literal(until, Date)
    following = func.lead(SiteEvent.effective_on, 1, end).over(
        partition_by=SiteEvent.site_id, order_by=(SiteEvent.effective_on, SiteEvent.id)
    )
    spans = select(
        SiteEvent.site_id,
        SiteEvent.to_state,
        func.greatest(0, func.least(following, end) - SiteEvent.effective_on).label("days"),
    ).subquery()
    return (
        select(spans.c.site_id, func.sum(spans.c.days).label("open_days"))
        .where(spans.c.to_state == SiteState.ACTIVATED)
        .group_by(spans.c.site_id)
        .subquery()
    )


def _gaps() -> ColumnElement[int]:
    """Open steps of the checklist; a closed site has none to do."""
    columns = [getattr(Site, step.value) for step in Step]
    return case((Site.state == SiteState.CLOSED, 0), else_=func.num_nulls(*columns))


def _wanted(region: str | None, state: SiteState | None, words: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [literal(True)]
    if region:
        conditions.append(Site.region_code == region)
    if state:
        conditions.append(Site.state == state)
    conditions += [
        Site.name_key.contains(word, autoescape=True) | func.pilot.sort_key(Site.city).contains(word)
        for word in key(words).split()
    ]
    return and_(*conditions)


@lru_cache(64)
def sites(
    until: date,
    region: str | None = None,
    state: SiteState | None = None,
    words: str = "",
    limit: int = MOST,
) -> Query[SiteRow]:
    """Sites in the order of their names, at most `limit`; `until` closes the count of open days."""
    opened = open_days_by_site(until)
    statement = (
        select(
            Site.id,
            Site.name,
            Site.kind,
            Site.city,
            Region.name,
            Site.department_code,
            Site.state,
            Site.target,
            Site.opening_on,
            _gaps(),
            func.coalesce(opened.c.open_days, 0),
        )
        .join(Region, Region.code == Site.region_code)
        .outerjoin(opened, opened.c.site_id == Site.id)
        .where(_wanted(region, state, words))
        .order_by(Site.name_key)
        .limit(limit)
    )
    return Query(statement, SiteRow)


@lru_cache(64)
def site_counts(region: str | None = None, words: str = "") -> Query[StateCount]:
    """Sites, targets and open steps by state."""
    statement = (
        select(Site.state, func.count(), func.coalesce(func.sum(Site.target), 0), func.sum(_gaps()))
        .where(_wanted(region, None, words))
        .group_by(Site.state)
    )
    return Query(statement, StateCount)


@lru_cache(64)
def site(site_id: int, until: date) -> Query[SiteDetail]:
    """One site, or no row when it does not exist for this person."""
    opened = open_days_by_site(until)
    columns = {
        "region": Region.name,
        "department": Department.name,
        "open_days": func.coalesce(opened.c.open_days, 0),
    }
    names = SiteDetail.__dataclass_fields__
    statement = (
        select(*(columns[name] if name in columns else getattr(Site, name) for name in names))
        .join(Region, Region.code == Site.region_code)
        .outerjoin(Department, Department.code == Site.department_code)
        .outerjoin(opened, opened.c.site_id == Site.id)
        .where(Site.id == site_id)
    )
    return Query(statement, SiteDetail)


@lru_cache(64)
def site_events(site_id: int) -> Query[EventRow]:
    """The story of a site, latest first."""
    statement = (
        select(
            SiteEvent.from_state,
            SiteEvent.to_state,
            SiteEvent.effective_on,
            SiteEvent.at,
            SiteEvent.reason,
            SiteEvent.account_id,
            func.coalesce(Account.name, ""),
        )
        .outerjoin(Account, Account.id == SiteEvent.account_id)
        .where(SiteEvent.site_id == site_id)
        .order_by(SiteEvent.effective_on.desc(), SiteEvent.id.desc())
    )
    return Query(statement, EventRow)


@cache
def site_options() -> Query[SiteOption]:
    """Every site this person may see, by name."""
    return Query(select(Site.id, Site.name, Site.state).order_by(Site.name_key), SiteOption)
