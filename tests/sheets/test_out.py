"""Downloads: typed cells, French writing, and never a formula."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.sheets.cells import to_number
from lib.sheets.dates import to_date
from lib.sheets.out import Kind, OutColumn, csv_french, workbook
from lib.sheets.source import open_file

COLUMNS = [
    OutColumn("Nom", Kind.TEXT, "Nom du lieu"),
    OutColumn("Département"),
    OutColumn("Objectif", Kind.WHOLE),
    OutColumn("Heures", Kind.NUMBER),
    OutColumn("Ouverture", Kind.DATE),
    OutColumn("Saisi le", Kind.MOMENT),
    OutColumn("Actif", Kind.YES_NO),
]
ROW = ["CH du Parc", "01", 4, Decimal("875.25"), date(2026, 3, 1), datetime(2026, 7, 1, 12, tzinfo=UTC), True]
ACTIVE = st.builds("{}{}".format, st.sampled_from("=+-@\t\r"), st.text(max_size=20))


def test_cells_are_what_they_hold() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook("Lieux : 2026", COLUMNS, [ROW, [None] * 7])))
    sheet = book["Lieux   2026"]

    values = [cell.value for cell in sheet[2]]
    assert values[:5] == ["CH du Parc", "01", 4, 875.25, datetime.fromisoformat("2026-03-01T00:00")]
    assert values[5:] == [datetime.fromisoformat("2026-07-01T14:00"), "Oui"]
    assert sheet["E2"].number_format == "dd/mm/yyyy"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G3")


def test_the_codebook_explains_each_column() -> None:
    tables = open_file("x.xlsx", workbook("Lieux", COLUMNS, [ROW]))

    assert [table.sheet for table in tables] == ["Lieux", "Dictionnaire"]
    assert tables[1].rows[:2] == [["Colonne", "Contenu", "Signification"], ["Nom", "Texte", "Nom du lieu"]]


def test_a_csv_opens_right_in_a_french_program() -> None:
    content = csv_french(COLUMNS, [ROW])

    assert content.startswith(b"\xef\xbb\xbfNom;D")
    assert (
        content.decode("utf-8-sig").splitlines()[1]
        == "CH du Parc;01;4;875,25;01/03/2026;01/07/2026 14:00;oui"
    )


@settings(deadline=None)
@given(st.lists(ACTIVE, min_size=1, max_size=20))
def test_no_text_becomes_a_formula(texts: list[str]) -> None:
    columns = [OutColumn("Nom"), OutColumn("=1+1", Kind.ANY)]
    rows = [[text, text] for text in texts]

    with zipfile.ZipFile(io.BytesIO(workbook("=1+1", columns, rows))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in part or b"<f " in part for part in parts.values())
    assert not any("externalLink" in name for name in parts)
    assert b"hyperlink" not in parts["xl/worksheets/sheet1.xml"]
    for record in csv.reader(
        io.StringIO(csv_french(columns, rows).decode("utf-8-sig"), newline=""), delimiter=";"
    ):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in record)


@pytest.mark.parametrize(
    "value",
    [
        "x" * 40_000,
        "\x00\x0b\ufffe",
        "\ud800",
        date(1850, 1, 1),
        float("nan"),
        float("inf"),
        10**30,
        "http://exemple.fr",
    ],
)
def test_nothing_breaks_a_download(value: object) -> None:
    [table, _] = open_file(
        "x.xlsx", workbook("history", [OutColumn("Nom", Kind.ANY), OutColumn("B")], [[value, "b"]])
    )

    assert table.rows[1][1] == "b"
    assert csv_french([OutColumn("Nom")], [[value]])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.decimals(min_value=-(10**9), max_value=10**9, places=2),
            st.dates(min_value=date(1901, 1, 1), max_value=date(2200, 1, 1)),
            st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20).map(
                lambda text: f"é{text}"
            ),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_goes_out_comes_back(rows: list[tuple[Decimal, date, str]]) -> None:
    columns = [OutColumn("Nombre", Kind.NUMBER), OutColumn("Jour", Kind.DATE), OutColumn("Nom")]

    for content in (workbook("Lieux", columns, rows), csv_french(columns, rows)):
        table = open_file("x", content)[0]
        for number, (wanted, day, name) in enumerate(rows, start=2):
            assert to_number(table.cell(number, 0)) == wanted
            assert to_date(table.cell(number, 1)) == day
            assert table.cell(number, 2) == name
