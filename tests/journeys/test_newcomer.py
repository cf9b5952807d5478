"""From an empty pilot to "my three files are in, I see my curve", as the README promises."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.application import App
from tests.journeys.gestures import come_in_by_link, drop, figure, go, invite, said, settle

SAMPLES = Path(__file__).parents[1] / "samples"
CHOSEN = "trois petits pas"


def test_a_newcomer_fills_the_pilot_from_her_three_files(
    empty_app: App, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    link = re.search(r"http\S+invitation=\S+", (empty_app.home / "output.txt").read_text())
    assert link, "the terminal shows no link"
    admin = new_context().new_page()
    come_in_by_link(admin, link[0], CHOSEN)
    go(admin, "Comptes")
    invitation = invite(admin, "Camille Martin", "camille@exemple.fr", "Coordination")

    page = new_context().new_page()
    come_in_by_link(page, invitation, CHOSEN)
    go(page, "Importer")
    _sites(page, tmp_path)
    _bring(page, "Conseil", SAMPLES / "conseillers-demo.csv", ready=10, saved=10)
    _referrals(page)
    go(page, "Recrutement")
    expect(figure(page, "Orientées")).to_have_text("59")
    expect(figure(page, "Incluses")).to_have_text("19")
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_visible()


def _sites(page: Page, folder: Path) -> None:
    _bring(page, "Sites", SAMPLES / "sites-demo.xlsx", ready=8, saved=8)
    _bring(page, "Sites", mended(folder), ready=11, saved=3, rejected=1)


def _referrals(page: Page) -> None:
    file = SAMPLES / "orientations-demo.xlsx"
    drop(page, "Orientations", file)
    _match_names(page)
    _save(page, ready=59, saved=59)
    drop(page, "Orientations", file)
    said(page, re.compile("Ce même fichier a déjà été importé"))
    _match_names(page)
    page.get_by_role("button", name=re.compile("^.*Enregistrer les? ")).click()
    said(page, re.compile("Rien de nouveau"))
    expect(page.get_by_test_id("stFileUploaderFile")).to_have_count(0)


def _match_names(page: Page) -> None:
    """Names with small typing differences are proposed one by one; the first proposal is the one meant here."""
    if page.get_by_text("Des noms ressemblent à des noms connus").count() == 0:
        return
    for group in page.locator("form, [data-testid=stForm]").get_by_test_id("stRadio").all():
        group.locator("label").filter(has=page.get_by_role("radio")).nth(1).click()
    page.get_by_role("button", name="Appliquer ces choix").click()
    page.get_by_text("Noms rapprochés à votre demande").wait_for()
    settle(page)


def _bring(page: Page, kind: str, file: Path, ready: int, saved: int, rejected: int | None = None) -> None:
    drop(page, kind, file)
    if rejected is not None:
        expect(figure(page, "À corriger")).to_have_text(str(rejected))
    _save(page, ready, saved)


def _save(page: Page, ready: int, saved: int) -> None:
    expect(figure(page, "Prêtes")).to_have_text(str(ready))
    page.get_by_role("button", name=re.compile(f"Enregistrer les {ready}")).click()
    said(page, re.compile(f"{saved} lignes enregistrées"))
    expect(page.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    settle(page)


def mended(folder: Path) -> Path:
    """The sites file with its three mistakes put right in the cells that the screen named; the double stays."""
    book = openpyxl.load_workbook(SAMPLES / "sites-demo.xlsx")
    sheet = book.worksheets[0]
    sheet["F8"], sheet["G11"], sheet["H13"] = 6, date(2026, 3, 31), "referent9@exemple.fr"
    file = folder / "sites-corrige.xlsx"
    book.save(file)
    return file
