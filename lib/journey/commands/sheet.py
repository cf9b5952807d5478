"""People oriented, from a spreadsheet: what the file is expected to hold, and how its ready rows are saved."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from sqlalchemy import any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.db import Query, read
from lib.i18n import N_
from lib.journey.commands.orient import main_wave_from
from lib.journey.commands.rows import KnownRow, SourceRow, faults_of, known_rows, person_of, recognised
from lib.journey.commands.sealing import keyring_for
from lib.journey.commands.words import CHANNELS, EMPLOYMENTS, SEXES, STATES, WAVES
from lib.journey.commands.writing import write_people
from lib.journey.models import Beneficiary
from lib.journey.rules import name_key
from lib.pilot.commands import note_import
from lib.sheets.cells import to_choice, to_email, to_text, to_year, to_yes_no
from lib.sheets.dates import to_date
from lib.sheets.importing import Accepted, Importer, PreviewOutdated, Saved
from lib.sheets.near import Names
from lib.sheets.plan import Column, Row, Sheet, Unique
from lib.sheets.preview import Preview
from lib.sheets.text import Cell, key
from lib.sites.queries import SiteOption, site_options

EARLIEST = date(2020, 1, 1)


def referral_sheet(actor: Actor, today: date, accepted: Accepted) -> Sheet:
    """The plan of the file, which knows the sites and the rows brought in before."""
    actor.require(Permission.IMPORT_FILES)
    sites, rows = read(actor, site_options(), Query(known_rows(), KnownRow, keep=False))
    known = {row.source_key: row for row in rows}
    return Sheet(
        kind="referrals",
        title="Orientations",
        columns=_columns(to_site(sites, accepted), today),
        check=lambda row: faults_of(row, today, known),
        unique=(Unique("number", _number_mark), Unique("last_name", _name_mark)),
    )


def to_site(sites: Sequence[SiteOption], accepted: Accepted) -> Callable[[Cell], int]:
    """A converter from a site's name to its id; what a person accepted for a name typed otherwise holds too."""
    chosen = {name: int(str(site_id)) for name, site_id in accepted.items()}
    return Names({site.name: site.id for site in sites}, chosen).to_value


def _number_mark(row: Row) -> tuple[object, ...] | None:
    return (row["site"], row["referred_on"], key(row["number"])) if row.get("number") else None


def _name_mark(row: Row) -> tuple[object, ...] | None:
    """The same name and year of birth twice in one file is most likely one person."""
    last, first, year = row.get("last_name"), row.get("first_name"), row.get("birth_year")
    return (name_key(str(last)), name_key(str(first)), year) if last and first and year else None


def _columns(site: Callable[[Cell], int], today: date) -> tuple[Column, ...]:
    day = partial(to_date, earliest=EARLIEST, latest=today)
    number = ("Numéro", "Num", "No", "N", "N° orientation", "N° ligne", "Réf", "Référence")
    referred = (
        "Date d'orientation",
        "Orientation",
        "Orienté le",
        "Date de repérage",
        "Date repérage",
        "Date",
    )
    sites = ("Nom du site", "Site orienteur", "Établissement", "Centre", "Hôpital", "Structure", "Service")
    states = ("État", "Situation", "Avancement", "Étape", "Décision", "Issue", "Résultat")
    return (
        Column("number", "N°", partial(to_text, limit=40), number),
        Column("referred_on", "Date orientation", day, referred, needed=True),
        Column("site", "Site", site, sites, needed=True),
        Column("state", "Statut", to_choice(STATES), states, needed=True),
        *_facts(today),
        *_path(day),
        *_identity(),
    )


def _facts(today: date) -> tuple[Column, ...]:
    year = partial(to_year, earliest=today.year - 110, latest=today.year - 10)
    return (
        Column(
            "channel",
            "Canal",
            to_choice(CHANNELS),
            ("Canal d'orientation", "Orienté par", "Adressé par", "Source", "Origine", "Provenance"),
        ),
        Column(
            "birth_year",
            "Année naiss.",
            year,
            ("Année de naissance", "Naissance", "Année", "Date de naissance", "Né en", "Née en", "DDN"),
        ),
        Column("sex", "Sexe", to_choice(SEXES), ("Genre", "Civilité", "H/F", "F/H", "Sexe (F/H)")),
        Column(
            "employment",
            "Situation emploi",
            to_choice(EMPLOYMENTS),
            ("Situation d'emploi", "Emploi", "Situation professionnelle", "Statut professionnel", "Contrat"),
        ),
        Column("wave", "Vague", to_choice(WAVES), ("Vague d'inclusion", "Phase")),
    )


def _path(day: Callable[[Cell], date]) -> tuple[Column, ...]:
    reason = ("Motif de refus", "Motif refus", "Motif de non-inclusion", "Raison", "Motif de sortie")
    informed = ("Date d'information", "Information donnée le", "Informé le", "Date info")
    included = ("Date d'inclusion", "Inclusion", "Inclus le", "Date de consentement", "Date consentement")
    bilan = ("Accord bilan", "Consentement au bilan", "Consentement", "Accord")
    research = ("Accord recherche", "Consentement à la recherche", "Accord étude", "Consentement étude")
    return (
        Column("reason", "Motif", partial(to_text, limit=300), reason),
        Column("informed_on", "Date information", day, informed),
        Column("included_on", "Date inclusion", day, included),
        Column("consent_bilan", "Consentement bilan", to_yes_no, bilan),
        Column("consent_research", "Consentement recherche", to_yes_no, research),
    )


def _identity() -> tuple[Column, ...]:
    line = partial(to_text, limit=200)
    return (
        Column("last_name", "Nom", line, ("Nom de famille", "Nom d'usage", "Nom de naissance")),
        Column("first_name", "Prénom", line, ("Prénoms", "Prénom usuel")),
        Column(
            "phone", "Téléphone", partial(to_text, limit=40), ("Tél", "Tel", "Portable", "Mobile", "Tél.")
        ),
        Column("email", "Courriel", to_email, ("E-mail", "Mail", "Email", "Adresse mail", "Adresse e-mail")),
    )


def import_referrals(db: Session, actor: Actor, preview: Preview, digest: bytes, today: date) -> Saved:
    """Save every ready row that is new, each with the path that leads to its status; all of them or none."""
    for permission in (Permission.IMPORT_FILES, Permission.ORIENT_PERSON, Permission.DECIDE_PATH):
        actor.require(permission)
    db.execute(select(func.pg_advisory_xact_lock(func.hashtext("import referrals"))))
    new = _new_rows(db, preview)
    main_from = main_wave_from(db)
    people = [person_of(row, main_from, today) for row in new]
    if people:
        sealing = any(person.identity.known for person in people)
        write_people(db, actor, people, keyring_for(db) if sealing else None)
    outcome = Saved(len(people), len(preview.ready) - len(people))
    note_import(db, actor, "referrals", preview, digest, outcome)
    return outcome


def _new_rows(db: Session, preview: Preview) -> list[SourceRow]:
    """Ready rows not recorded yet; raises PreviewOutdated when one has been recorded otherwise meanwhile."""
    rows = recognised(row.values for row in preview.ready)
    asked = literal([row.key for row in rows], ARRAY(BYTEA))
    found = select(Beneficiary.source_key, Beneficiary.source_digest)
    saved = db.execute(found.where(Beneficiary.source_key == any_(asked)))
    known = {former.source_key: former.source_digest for former in saved}
    for place, row in zip(preview.ready, rows, strict=True):
        if known.get(row.key, row.digest) != row.digest:
            raise PreviewOutdated(row=place.number, name=str(row.values.get("number") or ""))
    return [row for row in rows if row.key not in known]


REFERRALS = Importer(
    kind="referrals",
    title=N_("Orientations"),
    about=N_(
        "Une personne orientée par ligne : date, site, canal, année de naissance, statut, motif, date d'inclusion, "
        "accords. Nom et contact sont facultatifs et chiffrés."
    ),
    sheet=referral_sheet,
    save=import_referrals,
)
