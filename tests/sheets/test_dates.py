"""Days, in all the ways people write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.i18n.formats import day, long_day
from lib.sheets.bad_cells import DateOutOfRange, NoSuchDay, NotADate
from lib.sheets.dates import to_date
from lib.sheets.text import Cell
from tests.sheets.examples import sentence_of


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("06/02/26", date(2026, 2, 6)),
        ("5/9/2026", date(2026, 9, 5)),
        (" 01-05-2026 ", date(2026, 5, 1)),
        ("2026-08-10", date(2026, 8, 10)),
        ("05.03.2026", date(2026, 3, 5)),
        ("5 mars 2026", date(2026, 3, 5)),
        ("1er févr. 2026", date(2026, 2, 1)),
        ("1er février 2026", date(2026, 2, 1)),
        ("Lundi 23 NOVEMBRE 2026", date(2026, 11, 23)),
        ("3 août 26", date(2026, 8, 3)),
        ("05/02/2026 14:30", date(2026, 2, 5)),
        ("05/02/2026 à 14h30", date(2026, 2, 5)),
        ("2026-08-10T00:00:00", date(2026, 8, 10)),
        ("20260810", date(2026, 8, 10)),
        ("12/05/64", date(1964, 5, 12)),
        (46_000, date(2025, 12, 9)),
        (46_000.5, date(2025, 12, 9)),
        ("46000", date(2025, 12, 9)),
        (datetime.fromisoformat("2026-03-01T12:00"), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
    ],
)
def test_usual_writings(cell: Cell, found: date) -> None:
    assert to_date(cell) == found
    assert not isinstance(to_date(cell), datetime)


@pytest.mark.parametrize("cell", ["31/02/2026", "02/13/2026", "00/01/2026", "29/02/2026", "2026-13-01"])
def test_a_day_on_no_calendar_is_refused_and_never_turned_round(cell: str) -> None:
    with pytest.raises(NoSuchDay, match=cell):
        to_date(cell)


@pytest.mark.parametrize(
    "cell", ["à venir", "mars 2026", "05/02", "12", 12, "5 brumaire 2026", True, "1/2/3/2026"]
)
def test_what_is_not_a_whole_date_is_not_completed(cell: Cell) -> None:
    with pytest.raises(NotADate):
        to_date(cell)


def test_a_period_can_be_asked_for() -> None:
    with pytest.raises(DateOutOfRange, match="entre le 01/01/2026 et le 31/12/2029"):
        to_date("05/03/2062", earliest=date(2026, 1, 1), latest=date(2029, 12, 31))


@given(st.dates(min_value=date(1982, 3, 1), max_value=date(2119, 1, 1)))
def test_every_french_way_to_write_a_day_is_read_back(wanted: date) -> None:
    serial = (wanted - date(1899, 12, 30)).days

    for cell in (
        day(wanted),
        long_day(wanted),
        wanted.isoformat(),
        f"{wanted.day}-{wanted.month}-{wanted.year}",
        serial,
    ):
        assert to_date(cell) == wanted


@given(st.text(alphabet="0123456789/-. :abcdejuinmars", max_size=20))
def test_no_text_breaks_the_reading_of_dates(cell: str) -> None:
    assert sentence_of(to_date, cell) != ""
