"""Settings of the pilot, and the plan in force with its versions."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import func, select

from lib.db import Query
from lib.pilot.models import Plan, PlanPoint, Setting
from lib.pilot.rules import DEMO, MAIN_WAVE_FROM, Point


@dataclass(frozen=True)
class PlanRow:
    """One version of the plan, the newest first."""

    id: int
    made_at: datetime
    reason: str
    last_on: date
    inclusions: int


@cache
def is_demo() -> Query[bool]:
    """One row that says true in a demonstration, no row or false elsewhere."""
    return Query(select(Setting.value).where(Setting.name == DEMO), bool)


@cache
def main_wave_from() -> Query[date]:
    """The day on which the main wave begins, once it is known."""
    return Query(select(Setting.value).where(Setting.name == MAIN_WAVE_FROM), date.fromisoformat)


@cache
def plan_in_force() -> Query[Point]:
    """The points of the newest plan, in order; none while nothing is planned."""
    newest = select(func.max(Plan.id)).scalar_subquery()
    statement = (
        select(PlanPoint.on_date, PlanPoint.inclusions)
        .where(PlanPoint.plan_id == newest)
        .order_by(PlanPoint.on_date)
    )
    return Query(statement, Point)


def plan_versions(limit: int = 20) -> Query[PlanRow]:
    """The versions of the plan, the newest first; the first one is in force."""
    statement = (
        select(
            Plan.id, Plan.made_at, Plan.reason, func.max(PlanPoint.on_date), func.max(PlanPoint.inclusions)
        )
        .join(PlanPoint, PlanPoint.plan_id == Plan.id)
        .group_by(Plan.id)
        .order_by(Plan.id.desc())
        .limit(limit)
    )
    return Query(statement, PlanRow)
