"""Regions and departments, to choose from and to check against."""

from dataclasses import dataclass

from sqlalchemy import select

from lib.db import Query
from lib.pilot.models import Department, Region


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


def regions() -> Query[Place]:
    """The 18 regions, mainland first."""
    return Query(select(Region.code, Region.name).order_by(Region.position), Place)


def departments() -> Query[RegionOf]:
    """The 101 departments by code."""
    return Query(
        select(Department.code, Department.name, Department.region_code).order_by(Department.code), RegionOf
    )
