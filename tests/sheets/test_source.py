"""Bytes to tables: rows keep the numbers that a spreadsheet program shows."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from lib.sheets.source import MAX_ROWS, open_file, open_path
from lib.sheets.text import clean
from lib.sheets.text_file import decode
from tests.sheets.examples import made, saved, workbook_of

TABLE = "Nom;Courriel;Heures\r\nD’Almeida François;c1@exemple.fr;875,25\r\nŒuvrard;c3@exemple.fr;1 250,5\r\n"


def test_row_numbers_hold_when_the_used_range_starts_lower() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C5"], sheet["D5"], sheet["C6"] = "Nom", "Ville", "CH du Parc"

    [table] = open_file("x.xlsx", made(fill))

    assert len(table.rows) == 6
    assert (table.cell(5, 2), table.cell(6, 2), table.cell(6, 3), table.cell(6, 40)) == (
        "Nom",
        "CH du Parc",
        None,
        None,
    )


def test_cells_keep_their_type() -> None:
    row = (
        4.0,
        4.5,
        "4",
        True,
        date(2026, 3, 1),
        datetime.fromisoformat("2026-03-01T14:05"),
        time(14, 5),
        None,
        "",
    )

    [table] = open_file("x.xlsx", workbook_of(row))

    found = [*table.rows[0], *[None] * (len(row) - len(table.rows[0]))]
    assert found == [
        4,
        4.5,
        "4",
        True,
        date(2026, 3, 1),
        datetime.fromisoformat("2026-03-01T14:05"),
        "14:05:00",
        None,
        None,
    ]
    assert [type(cell) for cell in found[:2]] == [int, float]


@pytest.mark.parametrize("style", ["dd/mm/yyyy", "[$-40C]d mmmm yyyy;@", "yyyy-mm-dd", "d/m/yy"])
def test_a_date_is_a_date_in_every_style(style: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = date(2026, 3, 1)
        sheet["A1"].number_format = style

    assert open_file("x.xlsx", made(fill))[0].rows == [[date(2026, 3, 1)]]


def test_cells_merged_downwards_count_for_each_row_and_merged_titles_are_known() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["Titre", None, None],
            ["Région", "Ville", "But"],
            ["Bretagne", "Rennes", 1],
            [None, "Brest", 2],
        ):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A4")

    [table] = open_file("x.xlsx", made(fill))

    assert table.banners == {1}
    assert table.cell(4, 0) == "Bretagne"


def test_visible_sheets_come_first() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Ancien"
    book.worksheets[0]["A1"] = "x"
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Actuel")["A1"] = "y"

    assert [table.sheet for table in open_file("x.xlsx", saved(book))] == ["Actuel", "Ancien"]


def test_a_formula_without_stored_result_and_an_error_are_shown_never_computed() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "=1+1", "#REF!", "=A1*2"
        sheet["B1"].data_type = "e"

    assert open_file("x.xlsx", made(fill))[0].rows == [["#FORMULE?", "#REF!", "#FORMULE?"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    text = TABLE.replace("875,25", '"875,25"').replace("1 250,5", '"1 250,5"').replace(";", separator)

    [table] = open_file("conseil.csv", text.encode(encoding))

    assert table.sheet == "conseil"
    assert table.rows[1:] == [
        ["D’Almeida François", "c1@exemple.fr", "875,25"],
        ["Œuvrard", "c3@exemple.fr", "1 250,5"],
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "text", ["Prénom;Nom\nRené;Dupont\n", "Région\nÎle-de-France\n", "Nom;Hôpital\nx;à définir\n"]
)
def test_a_few_accents_are_enough_to_tell_the_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_encodings_of_other_times(encoding: str) -> None:
    text = TABLE.replace("’", "'").replace("Œ", "É") + "Éloïse Lefèvre à Angoulême;a@b.fr;3\r\n" * 5

    assert open_file("x.csv", text.encode(encoding))[0].rows[1][0] == "D'Almeida François"


def test_a_line_break_inside_a_cell_and_a_blank_line_keep_the_numbers() -> None:
    text = 'Nom;Remarque\nA;"lundi; pas mardi\nà rappeler"\n\nB;rien\n'

    [table] = open_file("x.csv", text.encode())

    assert table.rows == [["Nom", "Remarque"], ["A", "lundi; pas mardi\nà rappeler"], [], ["B", "rien"]]


def test_the_line_that_tells_excel_the_separator_is_no_row() -> None:
    assert open_file("x.csv", b"sep=,\r\na,b\r\n1;2,3\r\n")[0].rows == [["a", "b"], ["1;2", "3"]]


def test_titles_above_and_decimal_commas_do_not_hide_the_separator() -> None:
    text = "Liste, au 3 mars, provisoire\n\nNom;But\nA;1,5\nB;2,5\nC;3,5\n"

    assert open_file("x.csv", text.encode())[0].rows[2] == ["Nom", "But"]


def test_a_workbook_under_the_name_of_a_csv_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "lieux été.csv"
    path.write_bytes(workbook_of(["Nom", "But"], ["A", 1]))

    assert open_path(path)[0].rows[1] == ["A", 1]


def test_a_libreoffice_workbook() -> None:
    cells = '<table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell>'
    cells += '<table:table-cell office:value-type="float" office:value="4.5"><text:p>4,5</text:p></table:table-cell>'
    cells += '<table:table-cell office:value-type="date" office:date-value="2026-03-01"/>'
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    rows = f'<table:table-row table:number-rows-repeated="2"/><table:table-row>{cells}</table:table-row>'
    table = f'<table:table table:name="Lieux">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")

    [found] = open_file("lieux.ods", target.getvalue())

    assert (found.sheet, len(found.rows)) == ("Lieux", 3)
    assert [clean(cell) for cell in found.rows[2]] == ["Nom", "4,5", "01/03/2026"]


def test_the_most_rows_are_still_read() -> None:
    assert len(open_file("x.csv", b"a;b\n" * MAX_ROWS)[0].rows) == MAX_ROWS
