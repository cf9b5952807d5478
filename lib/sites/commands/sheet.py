"""Sites from a spreadsheet: what the file is expected to hold, and how its ready rows are saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.db import Query, read
from lib.i18n import N_
from lib.pilot.commands import note_import
from lib.pilot.queries import Place, RegionOf, departments, regions
from lib.sheets.cells import to_choice, to_department, to_email, to_text, to_whole
from lib.sheets.dates import to_date
from lib.sheets.importing import Accepted, Importer, PreviewOutdated, Saved
from lib.sheets.plan import Column, Sheet, Unique
from lib.sheets.preview import Preview
from lib.sheets.text import Cell, key
from lib.sites.commands.known import KnownSite, Register, known_departments, known_sites
from lib.sites.commands.register import SiteFacts
from lib.sites.models import Site, SiteEvent
from lib.sites.rules import Kind, SiteState, taken_over_path

TAKEN_OVER = "repris du tableur"
ALIKE = {"render_nulls": True}
"""With `returning`, rows of one shape go in one statement: triggers that run once per statement stay cheap."""
_LINE = partial(to_text, limit=200)
_TARGET_WORDS = (
    *("Objectif", "Cible", "Nombre attendu", "Inclusions prévues", "Inclusions attendues"),
    *("Nb inclusions", "Objectif patients", "Nombre d'inclusions"),
)
_ADDRESS_WORDS = (
    *(
        f"{who} ({what})"
        for who in ("Référent", "Référent·e", "Contact")
        for what in ("mail", "courriel", "e-mail")
    ),
    *("Courriel", "E-mail", "Mail", "Adresse mail", "Mail référent", "Courriel du référent"),
)
KINDS: Mapping[str, Kind] = {
    **{kind.label: kind for kind in Kind},
    **dict.fromkeys(("CHR", "CHRU", "Centre hospitalier universitaire", "Hôpital universitaire"), Kind.CHU),
    **dict.fromkeys(("Centre de lutte contre le cancer", "Centre anticancéreux", "Unicancer"), Kind.CLCC),
    **dict.fromkeys(("Centre hospitalier", "Hôpital", "Hôpital public", "CHI", "GHT"), Kind.CH),
    **dict.fromkeys(("Établissement de santé privé d'intérêt collectif", "PSPH"), Kind.ESPIC),
    **dict.fromkeys(("Clinique privée", "Hôpital privé", "Polyclinique", "Privé"), Kind.CLINIC),
    **dict.fromkeys(("Asso", "Assoc.", "Association loi 1901"), Kind.ASSOCIATION),
    **dict.fromkeys(("Institut de cancérologie", "Institut du cancer"), Kind.INSTITUTE),
}
_REGION_WORDS = {
    "11": ("IDF", "Région parisienne"),
    "24": ("Centre", "CVL"),
    "27": ("BFC", "Bourgogne", "Franche-Comté"),
    "28": ("Basse-Normandie", "Haute-Normandie"),
    "32": ("HDF", "Nord-Pas-de-Calais", "Picardie"),
    "44": ("GE", "Alsace", "Lorraine", "Champagne-Ardenne"),
    "52": ("PDL", "Pays de Loire"),
    "75": ("NAQ", "Aquitaine", "Limousin", "Poitou-Charentes"),
    "76": ("OCC", "Midi-Pyrénées", "Languedoc-Roussillon"),
    "84": ("AURA", "ARA", "Rhône-Alpes", "Auvergne"),
    "93": ("PACA", "Région Sud", "Sud", "Provence-Alpes-Côte d'Azur (PACA)"),
    "94": ("Corsica",),
    "04": ("Réunion",),
}


def to_region(places: Sequence[Place]) -> Callable[[Cell], str]:
    """A converter from a region as people write it to its code."""
    known = {place.name: place.code for place in places}
    known |= {word: code for code, words in _REGION_WORDS.items() for word in words}
    return to_choice(known)


def to_department_of(places: Sequence[RegionOf]) -> Callable[[Cell], str]:
    """A converter from a department's number or name to its code."""
    names = {key(place.name): place.code for place in places}
    short = {name.removeprefix("la "): code for name, code in names.items()}
    by_name = short | names
    return lambda cell: by_name.get(key(cell)) or to_department(cell)


def site_sheet(actor: Actor, today: date, accepted: Accepted) -> Sheet:  # noqa: ARG001  # one shape for all kinds
    """The plan of the file, which knows the sites recorded so far."""
    actor.require(Permission.IMPORT_FILES)
    places, parts, found = read(actor, regions(), departments(), Query(known_sites(), KnownSite))
    register = Register.of(found, places, parts)
    return Sheet(
        kind="sites",
        title="Sites",
        columns=(*_place(places, parts), *_plan()),
        check=lambda row: list(register.faults(row)),
        unique=(Unique("name", lambda row: key(row["name"])),),
    )


def _place(places: Sequence[Place], parts: Sequence[RegionOf]) -> tuple[Column, ...]:
    """What the site is and where."""
    return (
        Column(
            "name",
            "Nom du site",
            _LINE,
            ("Site", "Nom", "Établissement", "Nom de l'établissement", "Structure", "Hôpital", "Centre"),
            needed=True,
        ),
        Column(
            "kind",
            "Type",
            to_choice(KINDS),
            ("Type de site", "Type d'établissement", "Catégorie", "Nature", "Statut juridique"),
            needed=True,
        ),
        Column("city", "Ville", _LINE, ("Commune", "Localité")),
        Column(
            "department",
            "Département",
            to_department_of(parts),
            ("Dépt", "Dép.", "Dpt", "N° département", "Code département"),
        ),
        Column("region", "Région", to_region(places), ("Région administrative", "Reg.")),
    )


def _plan() -> tuple[Column, ...]:
    """What is planned there and with whom."""
    opened = partial(to_date, earliest=date(2000, 1, 1), latest=date(2099, 12, 31))
    return (
        Column(
            "target",
            "Objectif d'inclusions",
            partial(to_whole, minimum=0, maximum=10_000),
            _TARGET_WORDS,
        ),
        Column(
            "opening",
            "Date d'ouverture",
            opened,
            ("Ouverture", "Date ouverture", "Ouvert le", "Date d'activation", "Date de démarrage", "Début"),
        ),
        Column(
            "referent",
            "Nom de la référence",
            _LINE,
            ("Référent", "Référente", "Nom du référent", "Nom référent", "Correspondant", "Contact"),
        ),
        Column("email", "Courriel de la référence", to_email, _ADDRESS_WORDS),
    )


def import_sites(db: Session, actor: Actor, preview: Preview, digest: bytes, today: date) -> Saved:
    """Save every ready row that is new, with the states it has gone through; all of them or none."""
    actor.require(Permission.IMPORT_FILES)
    actor.require(Permission.EDIT_SITES)
    db.execute(select(func.pg_advisory_xact_lock(func.hashtext("import sites"))))
    new = _new_rows(db, preview)
    if new:
        _add(db, actor, new, today)
    outcome = Saved(len(new), len(preview.ready) - len(new))
    note_import(db, actor, "sites", preview, digest, outcome)
    return outcome


def _new_rows(db: Session, preview: Preview) -> list[SiteFacts]:
    """Ready rows not recorded yet; raises PreviewOutdated when one has been recorded otherwise meanwhile."""
    found = [KnownSite(*row) for row in db.execute(known_sites())]
    register = Register.of(found, [], [RegionOf(*row) for row in db.execute(known_departments())])
    new = []
    for row in preview.ready:
        facts = register.facts(row.values)
        known = register.sites.get(key(facts.name))
        if known is None:
            new.append(facts)
        elif any(register.differences(known, facts)):
            raise PreviewOutdated(row=row.number, name=facts.name)
    return new


def _add(db: Session, actor: Actor, new: Sequence[SiteFacts], today: date) -> None:
    rows = []
    for facts in new:
        path = taken_over_path(facts.opening_on, today)
        rows.append({**asdict(facts), "name_key": key(facts.name), "state": path[-1]})
    stored = db.execute(insert(Site).returning(Site.id, Site.name_key), rows, execution_options=ALIKE)
    added = {row.name_key: row.id for row in stored}
    events: list[dict[str, object]] = []
    for facts in new:
        former: SiteState | None = None
        path = taken_over_path(facts.opening_on, today)
        opened = facts.opening_on if path[-1] is SiteState.ACTIVATED else None
        for state in path:
            events.append(
                {
                    "site_id": added[key(facts.name)],
                    "from_state": former,
                    "to_state": state,
                    "effective_on": opened or today,
                    "account_id": actor.account_id,
                    "reason": TAKEN_OVER,
                }
            )
            former = state
    db.execute(insert(SiteEvent).returning(SiteEvent.id), events, execution_options=ALIKE)


SITES = Importer(
    kind="sites",
    title=N_("Sites"),
    about=N_("Un site par ligne : nom, type, ville, département ou région, objectif, ouverture, référence."),
    sheet=site_sheet,
    save=import_sites,
)
