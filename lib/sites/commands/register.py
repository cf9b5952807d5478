"""Add a site, correct what is known of it, tick its activation checklist."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.db.changing import change_row
from lib.pilot.models import Department, Region
from lib.sheets.cells import to_email
from lib.sheets.text import clean, key
from lib.sites.models import Site, SiteEvent
from lib.sites.rules import (
    DepartmentElsewhere,
    Kind,
    NameMissing,
    RegionMissing,
    SiteExists,
    SiteState,
    Step,
    StepInFuture,
)


@dataclass(frozen=True)
class SiteFacts:
    """What is known of a site, whatever its state."""

    name: str
    kind: Kind
    region_code: str
    department_code: str | None = None
    city: str = ""
    target: int | None = None
    opening_on: date | None = None
    referent_name: str = ""
    referent_email: str = ""


@dataclass(frozen=True)
class CreateSite:
    """A new site begins as a prospect."""

    facts: SiteFacts


@dataclass(frozen=True)
class EditSite:
    """Correct a site; `version` is the one that was read."""

    site_id: int
    version: int
    facts: SiteFacts


@dataclass(frozen=True)
class MarkStep:
    """Say when a step of the checklist was done; None opens it again."""

    site_id: int
    version: int
    step: Step
    done_on: date | None


def create_site(db: Session, actor: Actor, command: CreateSite, today: date) -> int:
    """The new site's id; raises SiteExists when another one differs by accents, case or punctuation only."""
    actor.require(Permission.EDIT_SITES)
    site = Site(**_values(db, command.facts), state=SiteState.PROSPECT)
    with _unique_name(command.facts.name):
        db.add(site)
        db.flush()
    db.add(
        SiteEvent(
            site_id=site.id,
            from_state=None,
            to_state=SiteState.PROSPECT,
            effective_on=today,
            account_id=actor.account_id,
        )
    )
    db.flush()
    return site.id


def edit_site(db: Session, actor: Actor, command: EditSite, today: date) -> None:  # noqa: ARG001  # one shape
    """Save the corrected facts; raises ChangedMeanwhile with what somebody else saved."""
    actor.require(Permission.EDIT_SITES)
    values = _values(db, command.facts)
    with _unique_name(command.facts.name):
        change_row(db, Site, command.site_id, command.version, values)


def mark_step(db: Session, actor: Actor, command: MarkStep, today: date) -> None:
    """Date a step of the checklist."""
    actor.require(Permission.EDIT_SITES)
    if command.done_on is not None and command.done_on > today:
        raise StepInFuture(step=command.step.label)
    change_row(db, Site, command.site_id, command.version, {command.step.value: command.done_on})


def _values(db: Session, facts: SiteFacts) -> dict[str, object]:
    """The columns to write, cleaned and checked against each other."""
    name = clean(facts.name)
    if not key(name):
        raise NameMissing
    if not facts.region_code:
        raise RegionMissing
    if facts.department_code is not None:
        _check_department(db, facts.department_code, facts.region_code)
    tidy = replace(
        facts,
        name=name,
        city=clean(facts.city),
        referent_name=clean(facts.referent_name),
        referent_email=to_email(facts.referent_email) if clean(facts.referent_email) else "",
    )
    return {**asdict(tidy), "name_key": key(name)}


def _check_department(db: Session, department: str, region: str) -> None:
    found = db.scalar(select(Department.region_code).where(Department.code == department))
    if found != region:
        named = db.scalar(select(Region.name).where(Region.code == region))
        raise DepartmentElsewhere(department=department, region=named or region)


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "uq_site_name_key" in str(error.orig):
            raise SiteExists(name=clean(name)) from error
        raise
