"""What is taken away opens in the program it is meant for, with the rows that are on screen."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Locator, Page

from lib.i18n import _ as fr
from tests.journeys.gestures import unfold

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def sites(enter: Callable[..., Page]) -> Page:
    return enter(path="/sites")


def shown(page: Page) -> list[str]:
    """The names of the sites as they stand on screen."""
    return [
        name.strip()
        for name in page.locator(".pilote-table").locator("tbody td:first-child").all_inner_texts()
    ]


def taken(page: Page, button: Locator) -> Download:
    with page.expect_download() as download:
        button.click()
    return download.value


def test_the_sites_as_csv(sites: Page, tmp_path: Path) -> None:
    download = taken(sites, sites.get_by_role("button", name="CSV", exact=False))
    assert download.suggested_filename.endswith(".csv")
    download.save_as(tmp_path / "sites.csv")
    text = (tmp_path / "sites.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[0][0] == "Site"
    assert [row[0] for row in rows[1:]] == shown(sites)


def test_the_sites_as_a_workbook(sites: Page, tmp_path: Path) -> None:
    download = taken(sites, sites.get_by_role("button", name="Excel", exact=False))
    assert download.suggested_filename.endswith(".xlsx")
    download.save_as(tmp_path / "sites.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "sites.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[0][0] == "Site"
    assert [row[0] for row in rows[1:]] == shown(sites)


def test_the_chart_as_a_picture(enter: Callable[..., Page], tmp_path: Path) -> None:
    page = enter(path="/recrutement")
    part = unfold(page, fr("Voir les données de ce graphique"))
    download = taken(page, part.get_by_role("button", name="Image", exact=False))
    download.save_as(tmp_path / "chart.png")
    picture = (tmp_path / "chart.png").read_bytes()
    assert picture.startswith(PNG)
    assert int.from_bytes(picture[16:20]) > 1500
