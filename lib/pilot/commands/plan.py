"""What coordination decides about the pilot itself: the plan, and the start of the main wave."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.pilot.models import Plan, PlanPoint, Setting
from lib.pilot.rules import MAIN_WAVE_FROM, Point, check_plan
from lib.refusal import ChangedMeanwhile

ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7345002)")


@dataclass(frozen=True)
class SetPlan:
    """A new version of the plan; `replaces` is the version that the person had before their eyes."""

    points: tuple[Point, ...]
    reason: str
    replaces: int | None = None


@dataclass(frozen=True)
class SetMainWave:
    """The day from which people are oriented into the main wave."""

    starts_on: date


def set_plan(db: Session, actor: Actor, command: SetPlan) -> int:
    """Add a version of the plan; ChangedMeanwhile when another one came first."""
    actor.require(Permission.EDIT_PLAN)
    points = sorted(command.points, key=lambda point: point.on)
    check_plan(points, command.reason)
    db.execute(ONE_AT_A_TIME)
    in_force = db.scalar(select(func.max(Plan.id)))
    if in_force != command.replaces:
        raise ChangedMeanwhile(theirs=_points_of(db, in_force))
    plan = Plan(made_by=actor.account_id, reason=command.reason.strip())
    db.add(plan)
    db.flush()
    db.add_all(PlanPoint(plan_id=plan.id, on_date=one.on, inclusions=one.inclusions) for one in points)
    db.flush()
    return plan.id


def set_main_wave(db: Session, actor: Actor, command: SetMainWave) -> None:
    """From this day on, a person who is oriented belongs to the main wave."""
    actor.require(Permission.EDIT_PLAN)
    value = command.starts_on.isoformat()
    statement = insert(Setting).values(name=MAIN_WAVE_FROM, value=value)
    db.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _points_of(db: Session, plan_id: int | None) -> dict[str, object]:
    rows = db.execute(
        select(PlanPoint.on_date, PlanPoint.inclusions)
        .where(PlanPoint.plan_id == plan_id)
        .order_by(PlanPoint.on_date)
    )
    return {f"{on:%d/%m/%Y}": inclusions for on, inclusions in rows}
