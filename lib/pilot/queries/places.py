"""Regions, departments and partners, to choose from and to check against."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from lib.db import Query
from lib.pilot.models import Department, Partner, Region


@dataclass(frozen=True)
class Place:
    """A region by its code."""

    code: str
    name: str


@dataclass(frozen=True)
class RegionOf:
    """A department and the region it belongs to."""

    code: str
    name: str
    region_code: str


@dataclass(frozen=True)
class PartnerOption:
    """An organisation that supports the pilot."""

    id: int
    name: str


@cache
def regions() -> Query[Place]:
    """The 18 regions, mainland first."""
    return Query(select(Region.code, Region.name).order_by(Region.position), Place)


@cache
def departments() -> Query[RegionOf]:
    """The 101 departments by code."""
    return Query(
        select(Department.code, Department.name, Department.region_code).order_by(Department.code), RegionOf
    )


def partners() -> Query[PartnerOption]:
    """The partners by name."""
    return Query(select(Partner.id, Partner.name).order_by(Partner.name), PartnerOption)
