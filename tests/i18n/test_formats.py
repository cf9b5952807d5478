"""Numbers and dates as a person writes them, in both languages."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from lib.i18n import use_language
from lib.i18n.formats import day, long_day, moment, month_year, number, percent

CASES: list[tuple[Callable[[], str], str, str]] = [
    (lambda: number(1234), "1\u202f234", "1,234"),
    (lambda: number(1234567.891, 2), "1\u202f234\u202f567,89", "1,234,567.89"),
    (lambda: number(2.5), "3", "3"),
    (lambda: number(0.285, 2), "0,29", "0.29"),
    (lambda: number(-3), "−3", "−3"),
    (lambda: number(-0.4), "0", "0"),
    (lambda: percent(0.256), "26\u202f%", "26%"),
    (lambda: percent(0.256, 1), "25,6\u202f%", "25.6%"),
    (lambda: percent(-0.05), "−5\u202f%", "−5%"),
    (lambda: day(date(2026, 11, 3)), "03/11/2026", "03/11/2026"),
    (lambda: long_day(date(2026, 11, 23)), "lundi 23 novembre 2026", "Monday 23 November 2026"),
    (lambda: long_day(date(2026, 12, 1)), "mardi 1er décembre 2026", "Tuesday 1 December 2026"),
    (lambda: month_year(date(2026, 8, 2)), "août 2026", "August 2026"),
    (
        lambda: moment(datetime(2026, 11, 23, 13, 5, tzinfo=UTC)),
        "23/11/2026 à 14:05",
        "23/11/2026 at 14:05",
    ),
    (
        lambda: moment(datetime(2026, 7, 14, 23, 5, tzinfo=UTC)),
        "15/07/2026 à 01:05",
        "15/07/2026 at 01:05",
    ),
]


@pytest.mark.parametrize(("written", "french", "english"), CASES)
def test_both_languages(written: Callable[[], str], french: str, english: str) -> None:
    with use_language("fr"):
        assert written() == french
    with use_language("en"):
        assert written() == english


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 11, 23, 14, 5))  # noqa: DTZ001


def test_what_is_kept_never_stands_for_another_value() -> None:
    assert number(2.675, 2) == "2,68"
    assert (
        number(Decimal.from_float(2.675), 2) == "2,67"
    )  # equal to the float, and yet another number to write
    assert (number(1), number(1, 1)) == ("1", "1,0")
    twice = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    assert moment(twice) == "01/11/2026 à 06:30"
    assert moment(twice.replace(fold=1)) == "01/11/2026 à 07:30"
    assert day(datetime(2026, 11, 1, 1, 30, tzinfo=UTC)) == day(date(2026, 11, 1)) == "01/11/2026"
