"""The import screen: dropped, checked, decided, saved once; wrong files get their sentence."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from tests.pages.tables import tables
from tests.sites.given import SAMPLES, site_of

PAGE = "pages/imports/files.py"
SITES, COUNSELLORS, REFERRALS = "sites-demo.xlsx", "conseillers-demo.csv", "orientations-demo.xlsx"
OpenPage = Callable[..., AppTest]


def drop(page: AppTest, name: str, content: bytes | None = None, kind: str = "sites") -> AppTest:
    page.radio(key="import-kind").set_value(kind).run()
    page.file_uploader[0].upload(name, (SAMPLES / name).read_bytes() if content is None else content)
    page.run()
    assert not page.exception
    return page


def figures(page: AppTest) -> list[str]:
    return [metric.value for metric in page.metric]


def count(owner: Engine, table: str) -> int:
    with owner.connect() as connection:
        return int(connection.scalar(text(f"select count(*) from {table}")) or 0)


def plain(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_coordination_has_this_page(database: object, open_page: OpenPage, role: Role) -> None:
    with pytest.raises(ValueError, match="pages/imports"):
        open_page(role, PAGE)


def test_an_empty_screen_says_what_is_expected(database: object, open_page: OpenPage) -> None:
    page = open_page(Role.COORDINATOR, PAGE)
    assert "Un site par ligne" in plain(" ".join(one.value for one in page.markdown))
    assert [button.label for button in page.button if button.key == "import-save"] == []


def test_the_sites_are_checked_then_saved_once(database: object, owner: Engine, open_page: OpenPage) -> None:
    page = drop(open_page(Role.COORDINATOR, PAGE), SITES)
    assert figures(page) == ["12", "8", "4", "2"]
    told = tables(page)[0]
    assert list(told["Ligne"]) == ["8", "11", "13", "15"]
    assert told["Colonne"][0] == "Objectif inclusions"
    assert plain(told["Attendu"][0]) == "un nombre, par exemple 12."
    assert count(owner, "pilot.site") == 0

    page.button(key="import-save").click().run()
    assert [plain(one.value) for one in page.success] == ["8 lignes enregistrées."]
    assert (count(owner, "pilot.site"), count(owner, "pilot.import_batch")) == (8, 1)

    drop(page, SITES)
    assert "a déjà été importé" in plain(page.info[0].value)
    page.button(key="import-save").click().run()
    assert "Rien de nouveau" in plain(page.success[0].value)
    assert (count(owner, "pilot.site"), count(owner, "pilot.import_batch")) == (8, 1)


def test_a_file_is_read_once_however_often_the_page_runs(database: object, open_page: OpenPage) -> None:
    page = drop(open_page(Role.COORDINATOR, PAGE), COUNSELLORS, kind="counsellors")
    first = page.session_state["import-dropped"]
    page.run()
    assert page.session_state["import-dropped"] is first
    assert figures(page) == ["12", "10", "2", "0"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "une image"),
        ("vide.csv", b"  \n", "vide"),
        ("entete.csv", b"Nom du site;Type\n", "aucune ligne"),
        ("large.csv", ";".join(f"c{n}" for n in range(300)).encode() + b"\n1;2\n", "300 colonnes"),
    ],
)
def test_a_wrong_file_gets_its_sentence(
    database: object, open_page: OpenPage, name: str, content: bytes, words: str
) -> None:
    page = drop(open_page(Role.COORDINATOR, PAGE), name, content)
    assert len(page.error) == 1
    assert words in plain(page.error[0].value)


def test_a_column_can_be_chosen_by_hand(database: object, owner: Engine, open_page: OpenPage) -> None:
    content = "Lieu-dit bizarre;Type;Dépt\nCH du Parc;CH;69\n".encode()
    page = drop(open_page(Role.COORDINATOR, PAGE), "x.csv", content)
    assert figures(page)[1] == "0"

    next(box for box in page.selectbox if plain(box.label).startswith("Nom du site")).set_value(0)
    next(one for one in page.button if "Relire" in one.label).click().run()

    assert figures(page)[1] == "1"
    page.button(key="import-save").click().run()
    assert count(owner, "pilot.site where name = 'CH du Parc'") == 1


def test_a_near_name_is_proposed_and_accepted_by_a_person(
    database: object, owner: Engine, coordinator: Actor, open_page: OpenPage
) -> None:
    site_of(coordinator, "Clinique des Deux-Rives")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Date orientation", "Site", "Statut"],
        ["01/10/2026", "Clinique des Deux Rivse", "éligible"],
    ):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)

    page = drop(open_page(Role.COORDINATOR, PAGE), "o.xlsx", target.getvalue(), kind="referrals")
    assert figures(page)[1:3] == ["0", "1"]
    choice = next(one for one in page.radio if "Deux Rivse" in one.label)
    assert choice.value is None
    choice.set_value("Clinique des Deux-Rives")
    next(one for one in page.button if "Appliquer" in one.label).click().run()

    assert figures(page)[1:3] == ["1", "0"]
    page.button(key="import-save").click().run()
    assert count(owner, "pilot.beneficiary") == 1


def test_a_change_since_the_preview_is_told_and_nothing_is_saved(
    database: object, owner: Engine, coordinator: Actor, open_page: OpenPage
) -> None:
    page = drop(open_page(Role.COORDINATOR, PAGE), SITES)
    site_of(coordinator, "CHU Les Tilleuls", target=99)
    page.button(key="import-save").click().run()
    assert "ont changé depuis l'aperçu" in plain(page.error[0].value)
    assert count(owner, "pilot.site") == 1


def test_unknown_sites_are_said_once_and_seen_after_dropping_again(
    database: object, coordinator: Actor, open_page: OpenPage
) -> None:
    content = (
        "Date orientation;Site;Statut\n01/10/2026;CH du Parc;éligible\n02/10/2026;ch du parc;refus\n".encode()
    )
    page = drop(open_page(Role.COORDINATOR, PAGE), "o.csv", content, kind="referrals")
    assert "Importez d'abord le tableau des sites" in plain(page.info[0].value)

    site_of(coordinator, "CH du Parc")
    assert figures(drop(page, "o.csv", content, kind="referrals"))[1] == "2"
