"""What each converter takes and what it refuses, with the sentence."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.sheets.bad_cells import BadCell
from lib.sheets.cells import (
    DEPARTMENTS,
    to_choice,
    to_department,
    to_email,
    to_number,
    to_text,
    to_whole,
    to_year,
    to_yes_no,
)
from lib.sheets.text import Cell
from tests.sheets.examples import sentence_of

STATUS = to_choice({"Inclusion": "in", "Inclus": "in", "Refus": "no"})


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("875,25", "875.25"),
        ("875.25", "875.25"),
        ("1 250,5", "1250.5"),
        ("1\u202f250,5", "1250.5"),
        ("1\u00a0250", "1250"),
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1 250.5", "1250.5"),
        ("1’250", "1250"),
        ("1.250.000", "1250000"),
        ("9 ", "9"),
        ("−12", "-12"),
        ("- 12", "-12"),
        ("980 h", "980"),
        ("0.125", "0.125"),
        (4.0, "4"),
        (875.25, "875.25"),
    ],
)
def test_numbers_as_people_write_them(cell: Cell, number: str) -> None:
    assert to_number(cell) == Decimal(number)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.sampled_from(["", " ", "\u00a0", "\u202f"])
)
def test_a_number_written_in_french_is_read_back(number: Decimal, blank: str) -> None:
    written = f"{number:,.3f}".replace(",", blank).replace(".", ",")

    assert to_number(written) == number


@pytest.mark.parametrize(
    ("convert", "cell", "sentence"),
    [
        (
            to_whole,
            "à définir",
            "« à définir » n'est pas un nombre entier. Attendu : un nombre, par exemple 12.",
        ),
        (to_whole, 4.5, "« 4,5 » n'est pas un nombre entier"),
        (to_whole, True, "« VRAI » n'est pas un nombre entier"),
        (partial(to_whole, minimum=0), "-12", "Attendu : un nombre d'au moins 0."),
        (partial(to_number, maximum=100), "100,5", "Attendu : un nombre d'au plus 100."),
        (to_number, "12 34", "n'est pas un nombre"),
        (to_number, "1e5", "n'est pas un nombre"),
        (to_number, float("nan"), "n'est pas un nombre"),
        (to_number, "1.250", "Attendu : 1250 ou 1,250, sans point."),
        (to_year, 1890, "« 1890 » n'est pas une année possible"),
        (to_year, "64", "quatre chiffres"),
        (to_email, "pas-un-mail@", "n'est pas une adresse de courriel"),
        (to_email, "a@b.fr; c@d.fr", "une adresse"),
        (to_department, 20, "« 20 » n'est pas un numéro de département"),
        (to_department, "75013", "n'est pas un numéro de département"),
        (to_department, "69 et 42", "n'est pas un numéro de département"),
        (to_yes_no, "peut-être", "Attendu : oui ou non."),
        (STATUS, "peut-être", "Attendu : Inclusion, Refus."),
        (partial(to_text, limit=3), "abcd", "Ce texte a 4 caractères. Attendu : 3 caractères au plus."),
    ],
)
def test_a_refused_cell_says_what_is_wrong_and_what_is_expected(
    convert: Callable[[Cell], object], cell: Cell, sentence: str
) -> None:
    with pytest.raises(BadCell) as refused:
        convert(cell)

    assert sentence in str(refused.value)


@pytest.mark.parametrize("cell", [4, 4.0, "4", "4,0", " 4 ", "4.0"])
def test_whole_numbers(cell: Cell) -> None:
    assert to_whole(cell) == 4
    assert isinstance(to_whole(cell), int)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (69, "69"),
        ("69", "69"),
        (1, "01"),
        (1.0, "01"),
        ("075", "75"),
        ("2a", "2A"),
        (971, "971"),
        ("Paris (75)", "75"),
        ("75 - Paris", "75"),
    ],
)
def test_departments(cell: Cell, code: str) -> None:
    assert to_department(cell) == code


def test_there_are_101_departments() -> None:
    assert len(DEPARTMENTS) == 101


@pytest.mark.parametrize("cell", ["oui", "Oui ", "O", "x", "VRAI", 1, True, "1", "✓"])
def test_yes(cell: Cell) -> None:
    assert to_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["non", "NON", "n", "faux", 0, False, "0", "☐"])
def test_no(cell: Cell) -> None:
    assert to_yes_no(cell) is False


@pytest.mark.parametrize("cell", [1964, "1964", 1964.0, "12/05/1964", " 1964 "])
def test_only_the_year_is_kept(cell: Cell) -> None:
    assert to_year(cell) == 1964


@pytest.mark.parametrize(
    "cell",
    ["Jean.D@Exemple.FR", " jean.d@exemple.fr ", "mailto:jean.d@exemple.fr", "Jean D <jean.d@exemple.fr>"],
)
def test_addresses(cell: str) -> None:
    assert to_email(cell) == "jean.d@exemple.fr"


@pytest.mark.parametrize("cell", ["INCLUS(E)", "inclus", "Inclus·e", " INCLUSION "])
def test_choices(cell: str) -> None:
    assert STATUS(cell) == "in"


def test_a_text_that_looks_like_a_formula_is_only_a_text() -> None:
    assert to_text('=HYPERLINK("http://exemple.fr";"clic")') == '=HYPERLINK("http://exemple.fr";"clic")'


@given(
    st.one_of(
        st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.none()
    )
)
def test_no_cell_breaks_a_converter(cell: Cell) -> None:
    for convert in (to_text, to_number, to_whole, to_year, to_email, to_department, to_yes_no, STATUS):
        assert sentence_of(convert, cell) != ""
