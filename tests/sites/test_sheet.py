"""Sites brought in from a spreadsheet: the sample and its answer key, twice the same, and rows that contradict."""

import io
import json
from collections.abc import Callable, Sequence
from datetime import date

import openpyxl
import pytest
from sqlalchemy import Engine, event, text

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.db.engine import engine
from lib.refusal import NotAllowed
from lib.sheets.importing import PreviewOutdated, Saved, digest_of
from lib.sites.commands import SITES, EditSite, edit_site
from lib.sites.queries import site, site_events, sites
from lib.sites.rules import Kind, SiteState
from tests.sites.given import SAMPLES, TODAY, brought_in, facts, previewed, site_of

FILE = "sites-demo.xlsx"
HEADER = ("Établissement", "Catégorie", "Commune", "Dép.", "Region", "Cible", "Ouverture", "Mail")


def sample() -> bytes:
    return (SAMPLES / FILE).read_bytes()


def workbook(*rows: Sequence[object], header: Sequence[object] = HEADER) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_sample_meets_its_answer_key(database: object, coordinator: Actor) -> None:
    key = json.loads((SAMPLES / "answer-key.json").read_text(encoding="utf-8"))["files"][FILE]
    seen = previewed(coordinator, SITES, FILE, sample())

    assert (seen.rows, len(seen.ready)) == (key["data_rows"], key["good_rows"])
    assert [(one.row, one.column) for one in seen.to_mend] == [
        (bad["row"], bad["column"]) for bad in key["bad"]
    ]


def test_all_ready_rows_are_saved_with_their_story(
    database: object, owner: Engine, coordinator: Actor
) -> None:
    outcome = brought_in(coordinator, SITES, FILE, sample(), date(2026, 4, 1))

    (rows,) = read(coordinator, sites(TODAY))
    states = {row.name: row.state for row in rows}
    (events,) = read(coordinator, site_events(next(r.id for r in rows if r.name == "CLCC Sainte-Odile")))
    with owner.connect() as connection:
        batch = connection.execute(text("select kind, rows, saved, account_id from pilot.import_batch")).all()

    assert outcome == Saved(8, 0)
    assert states["CLCC Sainte-Odile"] is SiteState.ACTIVATED
    assert states["Clinique des Deux-Rives"] is SiteState.AGREED
    assert {row.gaps for row in rows} == {4}
    assert [(event.to_state, event.effective_on, event.reason) for event in events] == [
        (state, date(2026, 2, 5), "repris du tableur")
        for state in (SiteState.ACTIVATED, SiteState.AGREED, SiteState.PROSPECT)
    ]
    assert [tuple(one) for one in batch] == [("sites", 12, 8, 1)]


def test_the_same_file_again_changes_nothing(database: object, owner: Engine, coordinator: Actor) -> None:
    brought_in(coordinator, SITES, FILE, sample())
    again = brought_in(coordinator, SITES, FILE, sample())

    with owner.connect() as connection:
        counts = connection.execute(
            text(
                "select (select count(*) from pilot.site), (select max(version) from pilot.site),"
                " (select count(*) from pilot.import_batch)"
            )
        ).one()
    assert again == Saved(0, 8)
    assert tuple(counts) == (8, 1, 1)


def test_the_same_file_again_names_the_same_rows_to_mend(database: object, coordinator: Actor) -> None:
    before = previewed(coordinator, SITES, FILE, sample())
    brought_in(coordinator, SITES, FILE, sample())
    after = previewed(coordinator, SITES, FILE, sample())
    assert after.as_json() == before.as_json()


def test_a_recorded_site_is_never_overwritten(database: object, coordinator: Actor) -> None:
    site_id = site_of(coordinator, target=12)
    rows = [
        ("chu les  tilleuls", "CHU", "PARIS", 75, "IDF", 4, None, None),
        ("CHU LES TILLEULS", None, None, None, None, None, None, None),
    ]
    seen = previewed(coordinator, SITES, "autre.xlsx", workbook(*rows))

    assert [(one.row, one.column) for one in seen.to_mend] == [(2, "Cible"), (3, "Catégorie")]
    assert "« 12 »" in seen.to_mend[0].problem.replace("\u00a0", " ")
    (found,) = read(coordinator, site(site_id, TODAY))
    assert found[0].target == 12


def test_what_the_file_leaves_blank_is_no_difference(database: object, coordinator: Actor) -> None:
    site_of(coordinator, target=12, referent_email="ref@exemple.fr")
    content = workbook(("CHU Les Tilleuls", "chru", None, "75 - Paris", None, None, None, None))
    assert brought_in(coordinator, SITES, "autre.xlsx", content) == Saved(0, 1)


@pytest.mark.parametrize(
    ("department", "region", "expected"),
    [
        ("69", None, "84"),
        (None, "auvergne rhone alpes", "84"),
        ("1", "Rhône-Alpes", "84"),
        ("2A", "CORSE", "94"),
        ("Réunion (974)", "la reunion", "04"),
        ("réunion", None, "04"),
        ("Nord", "HAUTS DE FRANCE", "32"),
        (971, "Guadeloupe", "01"),
    ],
)
def test_regions_are_read_and_deduced(
    database: object, coordinator: Actor, department: object, region: object, expected: str
) -> None:
    content = workbook(("Un site", "CH", None, department, region, None, None, None))
    assert brought_in(coordinator, SITES, "x.xlsx", content) == Saved(1, 0)
    (rows,) = read(coordinator, sites(TODAY, region=expected))
    assert [row.name for row in rows] == ["Un site"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("Un site", "CH", None, "69", "Bretagne", None, None, None), "Region"),
        (("Un site", "CH", None, None, None, None, None, None), "Region"),
        (("Un site", "CH", None, "69", "Auvergnie", None, None, None), "Region"),
        (("Un site", "Ministère", None, "69", None, None, None, None), "Catégorie"),
        (("Un site", "CH", None, "99", None, None, None, None), "Dép."),
        (("Un site", "CH", None, "69", None, -3, None, None), "Cible"),
        (("Un site", "CH", None, "69", None, 2.5, None, None), "Cible"),
        (("Un site", "CH", None, "69", None, None, "32/01/2026", None), "Ouverture"),
        (("Un site", "CH", None, "69", None, None, None, "a@b@c"), "Mail"),
        ((None, "CH", "Lyon", "69", None, None, None, None), "Établissement"),
    ],
)
def test_a_wrong_cell_is_named(
    database: object, coordinator: Actor, row: tuple[object, ...], column: str
) -> None:
    seen = previewed(coordinator, SITES, "x.xlsx", workbook(row))
    assert [(one.row, one.column) for one in seen.to_mend] == [(2, column)]
    assert seen.ready == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Centre hospitalier", Kind.CH),
        ("CHRU", Kind.CHU),
        ("clinique privée", Kind.CLINIC),
        ("asso", Kind.ASSOCIATION),
    ],
)
def test_kinds_have_synonyms(database: object, coordinator: Actor, word: str, kind: Kind) -> None:
    brought_in(coordinator, SITES, "x.xlsx", workbook(("Un site", word, None, "69", None, None, None, None)))
    (rows,) = read(coordinator, sites(TODAY))
    assert [row.kind for row in rows] == [kind]


def test_a_change_since_the_preview_saves_nothing(
    database: object, owner: Engine, coordinator: Actor
) -> None:
    site_id = site_of(coordinator, target=4)
    content = workbook(
        ("Un autre", "CH", None, "69", None, None, None, None),
        ("CHU Les Tilleuls", "CHU", None, "75", None, 4, None, None),
    )
    seen = previewed(coordinator, SITES, "x.xlsx", content)
    with acting_as(coordinator) as db:
        edit_site(db, coordinator, EditSite(site_id, 1, facts(target=9)), TODAY)

    with pytest.raises(PreviewOutdated) as refused, acting_as(coordinator) as db:
        SITES.save(db, coordinator, seen, digest_of(content), TODAY)
    assert refused.value.values == {"row": 3, "name": "CHU Les Tilleuls"}
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from pilot.site")) == 1


def test_formulas_stay_texts(database: object, coordinator: Actor) -> None:
    content = ('Nom du site;Type;Dépt\n"=HYPERLINK(""http://exemple.fr"")";CH;69\n').encode()
    assert brought_in(coordinator, SITES, "x.csv", content) == Saved(1, 0)
    (rows,) = read(coordinator, sites(TODAY))
    assert rows[0].name == '=HYPERLINK("http://exemple.fr")'


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_coordination_brings_files_in(
    database: object, acting: Callable[..., Actor], coordinator: Actor, role: Role
) -> None:
    other = acting(role, scope_id=1)
    seen = previewed(coordinator, SITES, FILE, sample())
    with pytest.raises(NotAllowed):
        SITES.sheet(other, TODAY, {})
    with pytest.raises(NotAllowed), acting_as(other) as db:
        SITES.save(db, other, seen, b"", TODAY)


def test_many_rows_go_in_few_statements(database: object, coordinator: Actor) -> None:
    """One statement a row made 10,000 sites take minutes: each ran its triggers."""
    rows = [
        (f"Site {n}", "CH", None, "69", None, n % 3 or None, "05/02/2026" if n % 2 else None, None)
        for n in range(1500)
    ]
    seen = previewed(coordinator, SITES, "x.xlsx", workbook(*rows))
    said: list[str] = []
    event.listen(engine(), "before_cursor_execute", lambda *told: said.append(told[2]))

    with acting_as(coordinator) as db:
        SITES.save(db, coordinator, seen, b"x", TODAY)
    assert len([one for one in said if one.startswith("INSERT")]) < 10
