"""The figures of recruitment, from counts that triggers keep: they cost the same with 100,000 people."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from lib.db import Query
from lib.journey.models import Beneficiary
from lib.journey.rules import STEPS, State
from lib.pilot.models import Region
from lib.recruitment.models import FlowCount, InclusionCount
from lib.recruitment.rules import Count, Filters
from lib.sites.models import Site
from lib.sites.queries import open_days_by_site
from lib.sites.rules import SiteState


@dataclass(frozen=True)
class Week:
    """Inclusions of the week that begins on this Monday."""

    monday: date
    n: int


@dataclass(frozen=True)
class SiteLine:
    """One site in the table: how long it was open, and how far its people went."""

    id: int
    name: str
    region: str
    state: SiteState
    open_days: int
    referred: int
    eligible: int
    included: int
    target: int | None


def of_place(
    filters: Filters, table: type[FlowCount] | type[InclusionCount] | type[Beneficiary]
) -> list[ColumnElement[bool]]:
    """The wave, the site and the region that are asked for, over people or their counts."""
    conditions = [table.wave == filters.wave] if filters.wave else []
    if filters.site is not None:
        conditions.append(table.site_id == filters.site)
    if filters.region:
        of_region = select(Site.id).where(Site.region_code == filters.region)
        conditions.append(table.site_id.in_(of_region))
    return conditions


def _where(filters: Filters, table: type[FlowCount] | type[InclusionCount]) -> list[ColumnElement[bool]]:
    """The filters, over one of the tables of counts."""
    conditions = of_place(filters, table)
    if filters.since:
        conditions.append(table.month_on >= filters.since.replace(day=1))
    if filters.until:
        conditions.append(table.month_on <= filters.until)
    return conditions


def flow(filters: Filters) -> Query[Count]:
    """How far people went, where they are now and why; `rules.flow_of` makes boxes of it.

    Codes are compared as bytes: by the rules of a language the grouping takes most of the time.
    """
    state, reason, wave = (
        column.collate("C") for column in (FlowCount.state, FlowCount.reason, FlowCount.wave)
    )
    statement = (
        select(FlowCount.furthest, state, reason, func.sum(FlowCount.n), wave)
        .where(FlowCount.n > 0, *_where(filters, FlowCount))
        .group_by(FlowCount.furthest, state, reason, wave)
    )
    return Query(statement, Count)


def weekly_inclusions(filters: Filters) -> Query[Week]:
    """Inclusions by week, the weeks without any left out."""
    statement = (
        select(InclusionCount.week_on, func.sum(InclusionCount.n))
        .where(InclusionCount.n > 0, *_where(filters, InclusionCount))
        .group_by(InclusionCount.week_on)
        .order_by(InclusionCount.week_on)
    )
    return Query(statement, Week)


def _reached(step: State) -> ColumnElement[int]:
    return func.sum(FlowCount.n).filter(FlowCount.furthest >= STEPS.index(step))


def sites(filters: Filters, today: date) -> Query[SiteLine]:
    """Every site of the filters, also those that nobody came from yet; French order."""
    counts = (
        select(
            FlowCount.site_id,
            func.sum(FlowCount.n).label("referred"),
            _reached(State.ELIGIBLE).label("eligible"),
            _reached(State.CONSENTED).label("included"),
        )
        .where(FlowCount.n > 0, *_where(filters, FlowCount))
        .group_by(FlowCount.site_id)
        .subquery()
    )
    opened = open_days_by_site(today)
    whole = [
        func.coalesce(column, 0)
        for column in (opened.c.open_days, counts.c.referred, counts.c.eligible, counts.c.included)
    ]
    statement = (
        select(Site.id, Site.name, Region.name, Site.state, *whole, Site.target)
        .join(Region, Region.code == Site.region_code)
        .outerjoin(counts, counts.c.site_id == Site.id)
        .outerjoin(opened, opened.c.site_id == Site.id)
        .order_by(Site.name_key, Site.id)
    )
    if filters.site is not None:
        statement = statement.where(Site.id == filters.site)
    if filters.region:
        statement = statement.where(Site.region_code == filters.region)
    return Query(statement, SiteLine)
