"""What would be saved and what has to be mended, in tables as people keep them."""

import time
from datetime import date
from decimal import Decimal

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from lib.i18n import use_language
from lib.sheets.out import csv_french
from lib.sheets.preview import Preview, preview
from lib.sheets.rejected import rejected_workbook
from lib.sheets.skipped import Ignored
from lib.sheets.source import open_file
from lib.sheets.wrong_files import NoDataRow
from tests.sheets.examples import HEADER, PEOPLE, PLACES, made, plain, tables_of


def messy(sheet: Worksheet) -> None:
    """A list with all that people put around and into their lists."""
    sheet.append(["Pilote – lieux d’oncologie (démonstration)"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["Nom du lieu ", *HEADER[1:]])
    sheet.append(["CHU Les Tilleuls", "CHU", "75", 4, date(2026, 3, 22), "a@exemple.fr"])
    sheet.append(["Région Sud"])
    sheet.merge_cells("A5:F5")
    sheet.append(["CH du Fleuve", "chu", 1, "9 ", " 01-05-2026 ", "b@exemple.fr"])
    sheet.append(["Clinique de l’Étoile", "clinique", "2a", "à définir", "31/02/2026", None])
    sheet.append([])
    sheet.append(HEADER)
    sheet.append(["CH DU FLEUVE", None, 31, 5, "2026-03-02", None])
    sheet.append(["Institut", "Hôpital", 67, 7, 46_000, "pas-un-mail@"])
    sheet.append([None, None, None, 3, None, None])
    sheet.append(["Sous-total", None, None, 12, None, None])
    sheet.append(["TOTAL", None, None, "=SUM(D4:D11)", None, None])
    sheet.append(["* chiffres provisoires"])


@pytest.fixture
def report() -> Preview:
    return preview(open_file("lieux.xlsx", made(messy, "Notes internes")), PLACES)


def test_the_table_is_found_among_titles_and_other_sheets(report: Preview) -> None:
    assert (report.sheet_name, report.header_row, report.other_sheets) == (
        "Lieux 2026",
        3,
        ("Notes internes",),
    )
    assert report.mapping == {"name": 0, "kind": 1, "department": 2, "target": 3, "opened_on": 4, "email": 5}
    assert report.unmapped == ()


def test_rows_that_are_no_data_are_left_out_and_told(report: Preview) -> None:
    assert report.ignored == Ignored(blank=1, totals=(13, 14), titles=(5, 9), notes=(15,))
    assert report.ignored.count == 6


def test_ready_rows_hold_values_of_the_right_kind(report: Preview) -> None:
    assert [row.number for row in report.ready] == [4, 6]
    assert report.ready[1].values == {
        "name": "CH du Fleuve",
        "kind": "chu",
        "department": "01",
        "target": 9,
        "opened_on": date(2026, 5, 1),
        "closed_on": None,
        "email": "b@exemple.fr",
        "active": None,
    }


def test_each_problem_says_where_what_and_what_is_expected(report: Preview) -> None:
    assert [(one.row, one.column) for one in report.to_mend] == [
        (7, "Objectif inclusions"),
        (7, "Date d’ouverture"),
        (10, "Nom du lieu "),
        (11, "Type"),
        (11, "Référent·e (mail)"),
        (12, "Nom du lieu "),
    ]
    assert plain(report.to_mend[0].problem) == (
        "« à définir » n'est pas un nombre entier. Attendu : un nombre, par exemple 12."
    )
    assert "même valeur qu'à la ligne 6" in plain(report.to_mend[2].problem)
    assert all("Attendu" in one.problem for one in report.to_mend)


def test_the_report_for_machines(report: Preview) -> None:
    figures = report.as_json(saved=2)

    assert (figures["rows"], figures["ready"], figures["saved"]) == (6, 2, 2)
    assert set(figures["to_mend"][0]) == {"sheet", "row", "column", "problem"}
    assert figures["rows"] == figures["ready"] + len({one["row"] for one in figures["to_mend"]})


def test_rejected_rows_come_back_as_they_were_with_the_reason(report: Preview) -> None:
    [table] = open_file("rejets.xlsx", rejected_workbook(report))

    assert table.rows[0] == ["Ligne", "Nom du lieu ", *HEADER[1:], "Motif du rejet"]
    assert [row[0] for row in table.rows[1:]] == [7, 10, 11, 12]
    assert table.rows[1][1:6] == ["Clinique de l’Étoile", "clinique", "2a", "à définir", "31/02/2026"]
    assert str(table.rows[1][-1]).count("Attendu") == 2


def test_mended_rejects_can_be_dropped_in_again(report: Preview) -> None:
    [table] = open_file("rejets.xlsx", rejected_workbook(report))
    table.rows[1][4], table.rows[1][5] = 6, "28/02/2026"

    again = preview([table], PLACES)

    assert [row.values["name"] for row in again.ready] == ["Clinique de l’Étoile", "CH DU FLEUVE"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("NOM DU LIEU", "name"),
        ("Nom lieu", "name"),
        ("Etablissement", "name"),
        ("Etablissment", "name"),
        ("Dép.", "department"),
        ("DEPARTEMENT", "department"),
        ("Objectif d’inclusion", "target"),
        ("Objectif inclusions*", "target"),
        ("Date ouverture", "opened_on"),
        ("Date d'ouv.", "opened_on"),
        ("Date fermeture (prévue)", "closed_on"),
        ("Référent·e (mail)", "email"),
        ("Actif ?", "active"),
    ],
)
def test_headers_in_other_words(header: str, name: str) -> None:
    others = [column.title for column in PLACES.columns if column.name != name]

    found = preview(tables_of([*others, header], ["a"] * 8), PLACES)

    assert found.mapping[name] == 7


def test_one_column_stands_for_one_thing() -> None:
    found = preview(
        tables_of(["Nom du lieu", "Nom du lieu", "Objectif", "Objectif inclusions"], ["a", "b", 1, 2]), PLACES
    )

    assert found.mapping == {"name": 0, "target": 3}
    assert found.unmapped == ("Nom du lieu", "Objectif")


def test_a_missing_column_stops_all_rows_until_a_person_says_which_it_is() -> None:
    tables = tables_of(["Nom du lieu", "Combien", "Ouvert le"], ["CH du Parc", 4, "01/02/2026"])
    found = preview(tables, PLACES)

    assert [column.name for column in found.missing] == ["target"]
    assert (found.rows, found.ready) == (1, [])
    assert "« Objectif d'inclusions » est introuvable" in plain(found.to_mend[0].problem)
    assert found.headers == {0: "Nom du lieu", 1: "Combien", 2: "Ouvert le"}

    mapped = preview(tables, PLACES, mapping={"name": 0, "target": 1, "opened_on": 2})
    assert mapped.ready[0].values["target"] == 4
    assert mapped.ready[0].values["opened_on"] == date(2026, 2, 1)


def test_a_table_of_another_kind_can_still_be_mapped_by_hand() -> None:
    found = preview(tables_of(["Titre"], ["Qui", "Combien"], ["CH du Parc", 4]), PLACES)

    assert (found.header_row, found.mapping, found.headers) == (2, {}, {0: "Qui", 1: "Combien"})
    assert len(found.to_mend) == 2


def test_a_rule_across_columns_is_asked_once_the_cells_are_right() -> None:
    header = ["Nom du lieu", "Objectif", "Date d'ouverture", "Date de fermeture"]
    found = preview(
        tables_of(header, ["a", 1, "02/01/2026", "01/01/2026"]),
        PLACES,
        mapping=dict(zip(["name", "target", "opened_on", "closed_on"], range(4), strict=True)),
    )

    assert [(one.row, one.column) for one in found.to_mend] == [(2, "Date de fermeture")]


@pytest.mark.parametrize("cell", ["-", "–", "n/a", "?", "sans objet", " ", "\u00a0", None])
def test_ways_to_write_nothing(cell: str | None) -> None:
    found = preview(tables_of(["Nom du lieu", "Objectif d'inclusions", "Actif"], ["a", 1, cell]), PLACES)

    assert found.ready[0].values["active"] is None


def test_a_tick_is_not_nothing() -> None:
    found = preview(tables_of(["Nom du lieu", "Objectif d'inclusions", "Actif"], ["a", 1, "✓"]), PLACES)

    assert found.ready[0].values["active"] is True


def test_a_broken_formula_is_named() -> None:
    found = preview(
        tables_of(["Nom du lieu", "Objectif d'inclusions"], ["a", "#REF!"], ["b", "=1+1"]), PLACES
    )

    assert "La formule donne l'erreur « #REF! »" in plain(found.to_mend[0].problem)
    assert "enregistrée sans son résultat" in found.to_mend[1].problem


def test_a_place_whose_name_begins_like_a_total_is_data() -> None:
    rows: list[list[object]] = [
        ["Total Santé", "CHU", 5],
        ["Totalia", "Clinique", 6],
        ["Total Site", None, None],
        ["TOTAL GÉNÉRAL", None, 11],
        ["Total : 3 lieux", None, 11],
        ["TOTAL", "3 lieux", None],
    ]
    found = preview(tables_of(["Nom du lieu", "Type", "Objectif d'inclusions"], *rows), PLACES)

    assert [row.values["name"] for row in found.ready] == ["Total Santé", "Totalia"]
    assert [one.row for one in found.to_mend] == [4]
    assert found.ignored.totals == (5, 6, 7)


def test_rows_numbered_in_advance_are_no_data() -> None:
    found = preview(
        tables_of(["N°", "Nom du lieu", "Objectif d'inclusions"], [1, "a", 4], [2, None, None]), PLACES
    )

    assert (found.rows, found.to_mend) == (1, [])


def test_a_header_alone_has_no_data() -> None:
    with pytest.raises(NoDataRow):
        preview(tables_of(["Nom du lieu", "Objectif"], [None, None]), PLACES)


def test_the_sheet_can_be_chosen() -> None:
    tables = [*tables_of(HEADER, ["a", "CHU", 1, 1, None, None])]
    other = tables_of(["Nom du lieu", "Objectif d'inclusions"], ["b", 2])[0]
    other = type(other)("Autre", other.rows)

    assert preview([*tables, other], PLACES).ready[0].values["name"] == "a"
    assert preview([*tables, other], PLACES, sheet_name="Autre").ready[0].values["name"] == "b"


def test_a_list_from_windows() -> None:
    text = (
        "Nom;Courriel;Heures de pratique;Volontaire depuis;Remarque\r\n"
        'Œuvrard;c3@exemple.fr;1 250,5;02/06/2025;"le lundi; pas le mardi\r\nà rappeler"\r\n'
        '"=HYPERLINK(""http://exemple.fr"";""clic"")";c5@exemple.fr;875,25;03/08/2025;\r\n'
        "Çelik;c8@exemple.fr;-12;04/11/2025;\r\n"
        "N'Diaye;C3@exemple.fr;980;05/01/2026;\r\n"
    )

    found = preview(open_file("conseil.csv", text.encode("cp1252")), PEOPLE)

    assert [row.values["hours"] for row in found.ready] == [Decimal("1250.5"), Decimal("875.25")]
    assert found.ready[0].values["remark"] == "le lundi; pas le mardi à rappeler"
    assert found.ready[1].values["name"] == '=HYPERLINK("http://exemple.fr";"clic")'
    assert [(one.row, one.column) for one in found.to_mend] == [(4, "Heures de pratique"), (5, "Courriel")]


def test_problems_are_told_in_the_language_of_the_person(report: Preview) -> None:
    with use_language("en"):
        assert report.to_mend[0].problem


def test_a_year_of_a_busy_network_is_read_in_moments() -> None:
    header = [
        "Nom",
        "Courriel",
        "Heures de pratique",
        "Volontaire depuis",
        "Remarque",
        *(f"Autre {n}" for n in range(7)),
    ]
    rows = [
        [f"Nom {n}", f"c{n}@exemple.fr", n + 0.5, date(2026, 1, 1), "é", *range(7)] for n in range(10_000)
    ]
    told: list[tuple[int, int]] = []
    content = csv_french([], []) + "\n".join(";".join(map(str, row)) for row in [header, *rows]).encode()
    start = time.perf_counter()

    found = preview(
        open_file("x.csv", content), PEOPLE, progress=lambda done, total: told.append((done, total))
    )

    assert time.perf_counter() - start < 10
    assert len(found.ready) == 10_000
    assert told[-1] == (10_000, 10_000)
    assert told == sorted(told)
