"""Counsellors from a spreadsheet: what the file is expected to hold, and how its ready rows are saved."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, cast

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.db import Query, read
from lib.i18n import N_
from lib.pilot.commands import note_import
from lib.pilot.queries import Place, regions
from lib.sheets.bad_cells import BadCell
from lib.sheets.cells import to_email, to_number, to_text
from lib.sheets.dates import to_date
from lib.sheets.importing import Accepted, Importer, PreviewOutdated, Saved
from lib.sheets.plan import Column, Fault, Row, Sheet, Unique
from lib.sheets.preview import Preview
from lib.sheets.text import clean, key
from lib.sites.commands.sheet import ALIKE, to_region
from lib.training.commands.register import CounsellorFacts
from lib.training.models import Counsellor
from lib.training.rules import email_key

_LINE = partial(to_text, limit=200)
_FIELDS = tuple(CounsellorFacts.__dataclass_fields__)


class RegisteredOtherwise(BadCell):
    """The address is known with another value: a file never overwrites what people may have corrected."""

    text = (
        "« {email} » est déjà au registre avec la valeur « {recorded} » ; le fichier dit « {value} ». "
        "Attendu : la même valeur. Si le fichier a raison, modifiez d'abord la fiche (page Conseil)."
    )


def known_counsellors() -> Select[*tuple[Any, ...]]:
    """The statement that finds what a file is compared with."""
    return select(*(getattr(Counsellor, name) for name in _FIELDS))


def facts_of(row: Row) -> CounsellorFacts:
    """The row of a file as a counsellor."""
    return CounsellorFacts(
        last_name=str(row["last_name"]),
        first_name=str(row["first_name"]),
        email=str(row["email"]),
        organisation=str(row["organisation"] or ""),
        region_code=cast("str | None", row["region_code"]),
        practice_hours=cast("Decimal | None", row["practice_hours"]),
        volunteer_since=cast("date | None", row["volunteer_since"]),
        note=str(row["note"] or ""),
    )


def differences(
    known: Mapping[str, CounsellorFacts], facts: CounsellorFacts, regions_by_code: Mapping[str, str]
) -> Iterator[Fault]:
    """Values of the file that the register contradicts; what the file leaves blank it does not say."""
    found = known.get(email_key(facts.email))
    if found is None:
        return
    for name, value in asdict(facts).items():
        recorded = getattr(found, name)
        if value in (None, "") or value == recorded or key(value) == key(recorded) != "":
            continue
        shown = {
            "recorded": clean(regions_by_code.get(str(recorded), recorded)),
            "value": clean(regions_by_code.get(str(value), value)),
        }
        yield name, RegisteredOtherwise(email=found.email, **shown)


def counsellor_sheet(actor: Actor, today: date, accepted: Accepted) -> Sheet:  # noqa: ARG001  # one shape for all
    """The plan of the file, which knows the register so far."""
    actor.require(Permission.IMPORT_FILES)
    places, found = read(actor, regions(), Query(known_counsellors(), CounsellorFacts))
    known = {email_key(one.email): one for one in found}
    named = {place.code: place.name for place in places}
    return Sheet(
        kind="counsellors",
        title="Conseil",
        columns=(*_person(), *_practice(places)),
        check=lambda row: list(differences(known, facts_of(row), named)),
        unique=(Unique("email", lambda row: email_key(str(row["email"]))),),
    )


def _person() -> tuple[Column, ...]:
    """Who it is."""
    return (
        Column("last_name", "Nom", _LINE, ("Nom de famille", "Nom d'usage", "Patronyme"), needed=True),
        Column("first_name", "Prénom", _LINE, ("Prénoms", "Prénom usuel"), needed=True),
        Column(
            "email",
            "Courriel",
            to_email,
            (
                "E-mail",
                "Email",
                "Mail",
                "Adresse mail",
                "Adresse électronique",
                "Courrier électronique",
                "Mél",
            ),
            needed=True,
        ),
    )


def _practice(places: list[Place]) -> tuple[Column, ...]:
    """Where and since when they practise."""
    return (
        Column(
            "organisation",
            "Organisme",
            _LINE,
            ("Structure", "Employeur", "Centre", "Centre de bilan", "Entreprise", "CIBC", "Cabinet"),
        ),
        Column("region_code", "Région", to_region(places), ("Région d'exercice", "Reg.")),
        Column(
            "practice_hours",
            "Heures de pratique",
            partial(to_number, minimum=0, maximum=100_000),
            ("Heures", "Nombre d'heures", "Expérience (heures)", "Pratique (h)", "Nb heures de pratique"),
        ),
        Column(
            "volunteer_since",
            "Volontaire depuis",
            partial(to_date, earliest=date(1990, 1, 1), latest=date(2099, 12, 31)),
            (
                "Date de volontariat",
                "Depuis",
                "Volontaire depuis le",
                "Date d'engagement",
                "Date d'inscription",
            ),
        ),
        Column("note", "Remarque", to_text, ("Remarques", "Commentaire", "Observations", "Note", "Notes")),
    )


def import_counsellors(db: Session, actor: Actor, preview: Preview, digest: bytes, today: date) -> Saved:  # noqa: ARG001
    """Save every ready row that is new to the register; all of them or none."""
    actor.require(Permission.IMPORT_FILES)
    actor.require(Permission.EDIT_COUNSELLORS)
    db.execute(select(func.pg_advisory_xact_lock(func.hashtext("import counsellors"))))
    known = {
        email_key(one.email): one
        for one in (CounsellorFacts(*row) for row in db.execute(known_counsellors()))
    }
    new = []
    for row in preview.ready:
        facts = facts_of(row.values)
        if email_key(facts.email) not in known:
            new.append({**asdict(facts), "email_key": email_key(facts.email)})
        elif any(differences(known, facts, {})):
            raise PreviewOutdated(row=row.number, name=facts.email)
    if new:
        db.execute(insert(Counsellor).returning(Counsellor.id), new, execution_options=ALIKE)
    outcome = Saved(len(new), len(preview.ready) - len(new))
    note_import(db, actor, "counsellors", preview, digest, outcome)
    return outcome


COUNSELLORS = Importer(
    kind="counsellors",
    title=N_("Conseil"),
    about=N_("Une personne par ligne : nom, prénom, courriel, organisme, région, heures de pratique."),
    sheet=counsellor_sheet,
    save=import_counsellors,
)
