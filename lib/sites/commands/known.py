"""What is already recorded, and what a row of a file means beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Select, select

from lib.pilot.models import Department
from lib.pilot.queries import Place, RegionOf
from lib.sheets.bad_cells import BadCell, Blank
from lib.sheets.plan import Fault, Row
from lib.sheets.text import clean, key
from lib.sites.commands.register import SiteFacts
from lib.sites.models import Site
from lib.sites.rules import Kind


class RecordedOtherwise(BadCell):
    """The site is known with another value: a file never overwrites what people may have corrected."""

    text = (
        "« {name} » est déjà enregistré avec la valeur « {recorded} » ; le fichier dit « {value} ». "
        "Attendu : la même valeur. Si le fichier a raison, modifiez d'abord la fiche du site (page Sites)."
    )


class OtherRegion(BadCell):
    """The region and the department contradict each other."""

    text = (
        "Le département {department} est en région « {right} », pas en « {value} ». "
        "Attendu : une région et un département qui vont ensemble."
    )


@dataclass(frozen=True)
class KnownSite:
    """What a file is compared with."""

    name: str
    name_key: str
    kind: Kind
    city: str
    department_code: str | None
    region_code: str
    target: int | None
    opening_on: date | None
    referent_name: str
    referent_email: str


def known_sites() -> Select[*tuple[Any, ...]]:
    """The statement that finds them all."""
    return select(*(getattr(Site, name) for name in KnownSite.__dataclass_fields__))


def known_departments() -> Select[*tuple[Any, ...]]:
    """Each department with its region."""
    return select(Department.code, Department.name, Department.region_code)


@dataclass(frozen=True)
class Register:
    """Known sites by the key of their name, region names by code, departments by code."""

    sites: Mapping[str, KnownSite]
    regions: Mapping[str, str]
    departments: Mapping[str, RegionOf]

    @classmethod
    def of(cls, sites: list[KnownSite], regions: list[Place], departments: list[RegionOf]) -> "Register":
        return cls(
            {site.name_key: site for site in sites},
            {region.code: region.name for region in regions},
            {department.code: department for department in departments},
        )

    def facts(self, row: Row) -> SiteFacts:
        """The row as a site; its region follows from its department where it is blank."""
        department = self.departments.get(str(row["department"]))
        region = row["region"] or (department.region_code if department else "")
        return SiteFacts(
            name=str(row["name"]),
            kind=cast(Kind, row["kind"]),
            region_code=str(region),
            department_code=department.code if department else None,
            city=str(row["city"] or ""),
            target=cast("int | None", row["target"]),
            opening_on=cast("date | None", row["opening"]),
            referent_name=str(row["referent"] or ""),
            referent_email=str(row["email"] or ""),
        )

    def faults(self, row: Row) -> Iterator[Fault]:
        """What is wrong across the columns of a row, or beside what is recorded."""
        department = self.departments.get(str(row["department"]))
        if not row["region"] and department is None:
            yield "region", Blank()
        elif row["region"] and department and row["region"] != department.region_code:
            yield (
                "region",
                OtherRegion(
                    department=department.code,
                    right=self.regions[department.region_code],
                    value=self.regions[str(row["region"])],
                ),
            )
        elif known := self.sites.get(key(row["name"])):
            yield from self.differences(known, self.facts(row))

    def differences(self, known: KnownSite, facts: SiteFacts) -> Iterator[Fault]:
        """Values of the file that the recorded site contradicts; what the file leaves blank it does not say."""
        told = asdict(facts)
        for column, name in COMPARED.items():
            value, recorded = told[name], getattr(known, name)
            if value in (None, "") or value == recorded or key(value) == key(recorded) != "":
                continue
            shown = {"name": known.name, "value": self.written(value), "recorded": self.written(recorded)}
            yield column, RecordedOtherwise(**shown)

    def written(self, value: object) -> str:
        """A recorded value as a person reads it."""
        if isinstance(value, Kind):
            return value.label
        return self.regions.get(str(value), clean(value))


COMPARED = {
    "kind": "kind",
    "city": "city",
    "department": "department_code",
    "region": "region_code",
    "target": "target",
    "opening": "opening_on",
    "referent": "referent_name",
    "email": "referent_email",
}
