"""Add a counsellor to the register, and correct what is known of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.db.changing import change_row
from lib.sheets.cells import to_email
from lib.sheets.text import clean, key
from lib.training.models import Counsellor
from lib.training.rules import CounsellorExists, EmailMissing, NameMissing, NegativeHours, email_key


@dataclass(frozen=True)
class CounsellorFacts:
    """What the register holds of a counsellor."""

    last_name: str
    first_name: str
    email: str
    organisation: str = ""
    region_code: str | None = None
    practice_hours: Decimal | None = None
    volunteer_since: date | None = None
    note: str = ""


@dataclass(frozen=True)
class AddCounsellor:
    """Somebody volunteers."""

    facts: CounsellorFacts


@dataclass(frozen=True)
class EditCounsellor:
    """Correct the record; `version` is the one that was read."""

    counsellor_id: int
    version: int
    facts: CounsellorFacts


def add_counsellor(db: Session, actor: Actor, command: AddCounsellor) -> int:
    """The new counsellor's id; raises CounsellorExists when the address is taken."""
    actor.require(Permission.EDIT_COUNSELLORS)
    counsellor = Counsellor(**checked(command.facts))
    with _unique_email(command.facts.email):
        db.add(counsellor)
        db.flush()
    return counsellor.id


def edit_counsellor(db: Session, actor: Actor, command: EditCounsellor) -> None:
    """Save the corrected record; raises ChangedMeanwhile with what somebody else saved."""
    actor.require(Permission.EDIT_COUNSELLORS)
    with _unique_email(command.facts.email):
        change_row(db, Counsellor, command.counsellor_id, command.version, checked(command.facts))


def checked(facts: CounsellorFacts) -> dict[str, object]:
    """The columns to write, cleaned; raises what is missing or wrong."""
    if not key(facts.last_name) or not key(facts.first_name):
        raise NameMissing
    if not clean(facts.email):
        raise EmailMissing
    if facts.practice_hours is not None and facts.practice_hours < 0:
        raise NegativeHours
    email = to_email(facts.email)
    tidy = replace(
        facts,
        last_name=clean(facts.last_name),
        first_name=clean(facts.first_name),
        organisation=clean(facts.organisation),
        note=clean(facts.note),
        email=email,
    )
    return {**asdict(tidy), "email_key": email_key(email)}


@contextmanager
def _unique_email(email: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "uq_counsellor_email_key" in str(error.orig):
            raise CounsellorExists(email=clean(email)) from error
        raise
