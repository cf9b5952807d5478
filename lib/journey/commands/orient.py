"""A person oriented by a site: a code, a first event, and the identity sealed apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA
from sqlalchemy.orm import Session

from lib.access import Actor, Permission, Role
from lib.journey.commands.sealing import keyring_for
from lib.journey.commands.writing import NO_IDENTITY, NewPerson, Written, write_people
from lib.journey.rules import AlikeKnown, Channel, Employment, Identity, Sex, TraceKind, Wave, marks
from lib.pilot.models import Setting
from lib.pilot.rules import MAIN_WAVE_FROM
from lib.refusal import NotAllowed, Refusal
from lib.sheets.cells import to_email

SIMILAR = text("select code, kind from vault.similar(:digests)").bindparams(
    bindparam("digests", type_=ARRAY(BYTEA))
)


class YearUnlikely(Refusal):
    """A typing mistake in the year of birth."""

    text = "L'année de naissance {year} n'est pas possible. Attendu : quatre chiffres, par exemple 1975."


class OrientedInFuture(Refusal):
    """An orientation is recorded once it took place."""

    text = "La date d'orientation est dans le futur. Indiquez le jour où la personne a été orientée."


class SiteMissing(Refusal):
    """Everybody is oriented by a site."""

    text = "Choisissez le site qui oriente la personne."


@dataclass(frozen=True)
class OrientPerson:
    """Bring a person into the study; `confirmed` once somebody has looked at those alike."""

    site_id: int | None
    referred_on: date
    channel: Channel | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    employment: Employment | None = None
    identity: Identity = NO_IDENTITY
    confirmed: bool = False


@dataclass(frozen=True)
class Alike:
    """Somebody alike: what they share, and their code where the person who asks may know it."""

    kind: TraceKind
    code: str | None


class PersonAlike(AlikeKnown):
    """The duplicate warning; `alike` holds what may be shown."""

    def __init__(self, alike: Sequence[Alike]) -> None:
        self.alike = tuple(alike)
        super().__init__(what=", ".join(dict.fromkeys(_said(one) for one in self.alike)))


def _said(one: Alike) -> str:
    return f"{one.kind.label} ({one.code})" if one.code else one.kind.label


def similar(db: Session, identity: Identity, birth_year: int | None) -> list[Alike]:
    """People already known under the same name and year, e-mail or telephone; no name is read for it."""
    found = marks(identity, birth_year)
    if not found:
        return []
    rows = db.execute(SIMILAR, {"digests": keyring_for(db).digests(found)})
    return sorted(
        {Alike(TraceKind(kind), code) for code, kind in rows}, key=lambda one: (one.kind, one.code or "")
    )


def orient_person(db: Session, actor: Actor, command: OrientPerson, today: date) -> Written:
    """Record the orientation; returns the new person's id and code. Raises PersonAlike until confirmed."""
    actor.require(Permission.ORIENT_PERSON)
    site_id = actor.scope_id if actor.role is Role.SITE_REFERENT else command.site_id
    if site_id is None:
        raise SiteMissing
    if actor.role is Role.SITE_REFERENT and command.site_id not in (None, site_id):
        raise NotAllowed
    _check(command, today)
    alike = [] if command.confirmed else similar(db, command.identity, command.birth_year)
    if alike:
        raise PersonAlike(alike)
    person = NewPerson(
        site_id=site_id,
        referred_on=command.referred_on,
        wave=wave_of(command.referred_on, main_wave_from(db)),
        channel=command.channel,
        birth_year=command.birth_year,
        sex=command.sex,
        employment=command.employment,
        identity=command.identity,
    )
    return write_people(db, actor, [person], keyring_for(db) if command.identity.known else None)[0]


def _check(command: OrientPerson, today: date) -> None:
    if command.referred_on > today:
        raise OrientedInFuture
    if command.birth_year is not None and not today.year - 110 <= command.birth_year <= today.year - 10:
        raise YearUnlikely(year=command.birth_year)
    if command.identity.email:
        to_email(command.identity.email)


def main_wave_from(db: Session) -> date | None:
    """The day from which people oriented belong to the main wave; None while the test wave runs."""
    value = db.scalar(select(Setting.value).where(Setting.name == MAIN_WAVE_FROM))
    return date.fromisoformat(value) if isinstance(value, str) else None


def wave_of(referred_on: date, main_from: date | None) -> Wave:
    """The wave of somebody oriented on this day."""
    return Wave.MAIN if main_from is not None and referred_on >= main_from else Wave.TEST
