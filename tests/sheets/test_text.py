"""When two writings are the same."""

from datetime import date, datetime

import pytest

from lib.sheets import reader
from lib.sheets.text import NO_RESULT, bare_key, clean, is_error, key


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  CH\u00a0du \u202f Parc\u200b\n", "CH du Parc"),
        (4.0, "4"),
        (2.5, "2,5"),
        (True, "VRAI"),
        (date(2026, 3, 1), "01/03/2026"),
        (datetime.fromisoformat("2026-03-01T14:05"), "01/03/2026"),
        (float("nan"), "nan"),
        (None, ""),
    ],
)
def test_a_cell_is_shown_as_a_person_wrote_it(cell: object, text: str) -> None:
    assert clean(cell) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÎLE-DE-FRANCE", "Île de France"),
        ("CHU Cœur de ville ", "chu coeur de ville"),
        ("Provence-Alpes-Côte d'Azur", "PROVENCE-ALPES-CÔTE D’AZUR"),
        ("N°", "n"),
        ("Cœlio-Læti", "coelio laeti"),
        ("É", "E\u0301"),
    ],
)
def test_case_accents_hyphens_and_apostrophes_do_not_count(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("text", ["INCLUS(E)", "inclus·e", "inclus.e", "inclus-es"])
def test_inclusive_endings_do_not_count_in_the_bare_key(text: str) -> None:
    assert bare_key(text) == "inclus"


@pytest.mark.parametrize(
    "text", ["#REF!", "#N/A", "#DIV/0!", "#NOM?", "#VALEUR!", "Err:502", "####", NO_RESULT]
)
def test_errors_of_spreadsheet_programs_are_known(text: str) -> None:
    assert is_error(text)


@pytest.mark.parametrize("text", ["#1", "Erreur", "E", "", "# à voir"])
def test_ordinary_texts_are_no_errors(text: str) -> None:
    assert not is_error(text)


def test_the_reader_that_stands_alone_uses_the_same_mark_for_a_formula_without_result() -> None:
    assert reader.NO_RESULT == NO_RESULT
