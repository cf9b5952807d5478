"""What the screens read of the register of counsellors."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import Text, and_, cast, func, literal, select
from sqlalchemy.sql import ColumnElement

from lib.db import Query
from lib.pilot.models import Region
from lib.sheets.text import key
from lib.training.models import Counsellor

MOST = 500


@dataclass(frozen=True)
class CounsellorRow:
    """One line of the register."""

    id: int
    last_name: str
    first_name: str
    organisation: str
    region: str
    email: str
    practice_hours: Decimal | None
    volunteer_since: date | None


@dataclass(frozen=True)
class CounsellorDetail:
    """Everything recorded on one counsellor."""

    id: int
    version: int
    last_name: str
    first_name: str
    organisation: str
    region_code: str | None
    email: str
    practice_hours: Decimal | None
    volunteer_since: date | None
    note: str


@dataclass(frozen=True)
class RegisterCount:
    """How many counsellors, in how many regions and organisations, and how many with no region recorded."""

    counsellors: int
    regions: int
    organisations: int
    without_region: int


def _wanted(region: str | None, organisation: str | None, words: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [literal(True)]
    if region:
        conditions.append(Counsellor.region_code == region)
    if organisation:
        conditions.append(Counsellor.organisation == organisation)
    named = func.concat_ws(" ", Counsellor.first_name, Counsellor.last_name, Counsellor.email, type_=Text)
    searched = func.regexp_replace(func.pilot.sort_key(named), "[^0-9a-z]+", " ", "g", type_=Text)
    conditions += [searched.contains(word) for word in key(words).split()]
    return and_(*conditions)


@lru_cache(64)
def counsellors(
    region: str | None = None, organisation: str | None = None, words: str = "", limit: int = MOST
) -> Query[CounsellorRow]:
    """The register in the order of names, at most `limit`; `words` are looked for in names and addresses."""
    statement = (
        select(
            Counsellor.id,
            Counsellor.last_name,
            Counsellor.first_name,
            Counsellor.organisation,
            func.coalesce(Region.name, ""),
            Counsellor.email,
            Counsellor.practice_hours,
            Counsellor.volunteer_since,
        )
        .outerjoin(Region, Region.code == Counsellor.region_code)
        .where(_wanted(region, organisation, words))
        .order_by(
            func.pilot.sort_key(Counsellor.last_name),
            func.pilot.sort_key(Counsellor.first_name),
            Counsellor.id,
        )
        .limit(limit)
    )
    return Query(statement, CounsellorRow)


@lru_cache(64)
def register_count(
    region: str | None = None, organisation: str | None = None, words: str = ""
) -> Query[RegisterCount]:
    """The register in four figures."""
    statement = select(
        func.count(),
        func.count(Counsellor.region_code.distinct()),
        func.count(func.nullif(Counsellor.organisation, "").distinct()),
        func.count().filter(Counsellor.region_code.is_(None)),
    ).where(_wanted(region, organisation, words))
    return Query(statement, RegisterCount)


def counsellor(counsellor_id: int) -> Query[CounsellorDetail]:
    """One record, or no row when it does not exist for this person."""
    columns = [getattr(Counsellor, name) for name in CounsellorDetail.__dataclass_fields__]
    return Query(select(*columns).where(Counsellor.id == counsellor_id), CounsellorDetail)


@lru_cache(4)
def organisations(limit: int = MOST) -> Query[str]:
    """Organisations of the register, to choose from."""
    statement = (
        select(Counsellor.organisation)
        .where(Counsellor.organisation != "")
        .group_by(Counsellor.organisation)
        .order_by(func.pilot.sort_key(Counsellor.organisation), cast(Counsellor.organisation, Text))
        .limit(limit)
    )
    return Query(statement, str)
