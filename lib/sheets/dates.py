"""Dates as people in France write them, day always first; the impossible is refused, never guessed."""

import re
from datetime import date, datetime, timedelta
from functools import cache

from babel import Locale

from lib.sheets.bad_cells import DateOutOfRange, NoSuchDay, NotADate
from lib.sheets.text import Cell, clean, key

_TIME = r"(?:[ T]+(?:à )?\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
_BY_DAY = re.compile(rf"(\d{{1,2}}) ?[/.\- ] ?(\d{{1,2}}) ?[/.\- ] ?(\d{{4}}|\d{{2}}){_TIME}")
_BY_YEAR = re.compile(rf"(\d{{4}}) ?[/.\-] ?(\d{{1,2}}) ?[/.\-] ?(\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_IN_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?: ?er)? ([a-z]+) (\d{4}|\d{2})")
# Excel counts days from here; the bounds are 1982 and 2119, so that a mere number is not taken for a day.
_EPOCH = date(1899, 12, 30)
_SERIALS = range(30_000, 80_001)
# As Excel and the standard library read two digits today.
_PIVOT = 50


def to_date(cell: Cell, earliest: date | None = None, latest: date | None = None) -> date:
    """The day of a real date, a serial number or a text; raises NotADate, NoSuchDay, DateOutOfRange."""
    found = _day(cell)
    if (earliest and found < earliest) or (latest and found > latest):
        bounds = {
            "earliest": clean(earliest or date(1900, 1, 1)),
            "latest": clean(latest or date(2099, 12, 31)),
        }
        raise DateOutOfRange(value=clean(cell), **bounds)
    return found


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = clean(cell)
    if isinstance(cell, bool):
        raise NotADate(value=text)
    if found := _serial(text):
        return found
    parts = _parts(text)
    if parts is None:
        raise NotADate(value=text)
    try:
        return date(*parts)
    except ValueError as error:
        raise NoSuchDay(value=text) from error


def _serial(text: str) -> date | None:
    """The number Excel shows when a date has lost its format."""
    number = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", text)
    return _EPOCH + timedelta(int(number[1])) if number and int(number[1]) in _SERIALS else None


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as written, possible or not."""
    if found := _BY_DAY.fullmatch(text):
        return _year(found[3]), int(found[2]), int(found[1])
    if found := _BY_YEAR.fullmatch(text) or _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    found = _IN_WORDS.fullmatch(key(text))
    month = _months().get(found[2]) if found else None
    return (_year(found[3]), month, int(found[1])) if found and month else None


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < _PIVOT else 1900)


@cache
def _months() -> dict[str, int]:
    """Month names, long and short, of the Unicode tables; French wins where English would differ."""
    names: dict[str, int] = {"fev": 2, "aou": 8, "juill": 7}
    for language in ("en", "fr"):
        for width in ("abbreviated", "wide"):
            for number, name in Locale(language).months["format"][width].items():
                names[key(name)] = number
    return names
