"""From a cell to a value: each function returns it or raises a BadCell; blank cells are the caller's matter.

Bounds are given with functools.partial, for example `partial(to_whole, minimum=0, maximum=500)`.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from email_validator import EmailNotValidError, validate_email

from lib.sheets.bad_cells import (
    AmbiguousNumber,
    NotAChoice,
    NotADepartment,
    NotAnEmail,
    NotANumber,
    NotAWholeNumber,
    NotAYear,
    NotYesOrNo,
    TooBig,
    TooLong,
    TooSmall,
)
from lib.sheets.text import Cell, bare_key, clean, key

T = TypeVar("T")
_GROUPED = (
    re.compile(r"([+-]?\d{1,3}(?:[ '’]\d{3})+)(?:[.,](\d+))?"),
    re.compile(r"([+-]?\d{1,3}(?:\.\d{3})+),(\d+)"),
    re.compile(r"([+-]?\d{1,3}(?:,\d{3})+)\.(\d+)"),
    re.compile(r"([+-]?\d{1,3}(?:\.\d{3}){2,})()"),
)
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_UNIT = re.compile(r"(?<=\d) ?(?:h|heures?|ans?|€|euros?)$", re.IGNORECASE)
_YES = frozenset({"oui", "o", "x", "vrai", "1", "yes", "y", "true", "ok"})
_NO = frozenset({"non", "n", "faux", "0", "no", "false"})
_TICKED, _UNTICKED = frozenset("✓✔☑✅☒🗹"), frozenset("☐✗✘")
_OVERSEAS = ("971", "972", "973", "974", "976")
DEPARTMENTS = frozenset({*(f"{n:02}" for n in range(1, 96) if n != 20), "2A", "2B", *_OVERSEAS})
_ADDRESS = re.compile(r"(?:mailto:|[^<>]*<)?([^<>\s]+@[^<>\s]+)>?", re.IGNORECASE)


def to_text(cell: Cell, limit: int = 2000) -> str:
    """The text on one line; a formula's text is only text."""
    text = clean(cell)
    if len(text) > limit:
        raise TooLong(length=len(text), limit=limit)
    return text


def to_number(
    cell: Cell, minimum: Decimal | int | None = None, maximum: Decimal | int | None = None
) -> Decimal:
    """A number, written as people do: decimal comma, blanks between thousands, a unit such as h behind it."""
    found = _number(cell)
    if found is None:
        raise NotANumber(value=clean(cell))
    if minimum is not None and found < minimum:
        raise TooSmall(value=clean(cell), minimum=clean(minimum))
    if maximum is not None and found > maximum:
        raise TooBig(value=clean(cell), maximum=clean(maximum))
    return found


def to_whole(cell: Cell, minimum: int | None = None, maximum: int | None = None) -> int:
    """A whole number; 4,0 is one, 4,5 is not."""
    found = _number(cell)
    if found is None or found != found.to_integral_value():
        raise NotAWholeNumber(value=clean(cell))
    return int(to_number(cell, minimum, maximum))


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        found = Decimal(str(cell))
        return found if found.is_finite() else None
    if not isinstance(cell, str):
        return None
    text = _UNIT.sub("", clean(cell).replace("−", "-"))
    if re.match(r"[+-] ", text):
        text = text[0] + text[2:]
    if _AMBIGUOUS.fullmatch(text):
        raise AmbiguousNumber(value=text, thousands=text.replace(".", ""), decimal=text.replace(".", ","))
    for grouped in _GROUPED:
        if parts := grouped.fullmatch(text):
            text = re.sub(r"[ '’.,]", "", parts[1]) + "." + (parts[2] or "0")
    return Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def to_year(cell: Cell, earliest: int = 1900, latest: int = 2100) -> int:
    """A year in four digits; a whole date gives its year, so that no more than the year is kept."""
    text = clean(cell)
    found = re.fullmatch(r"(?:\d{1,2}[/.\-]\d{1,2}[/.\-])?(\d{4})(?:,0+)?", text)
    if not found or not earliest <= int(found[1]) <= latest:
        raise NotAYear(value=text, earliest=earliest, latest=latest)
    return int(found[1])


def to_email(cell: Cell) -> str:
    """One address, in lower case; whether somebody reads it is not asked."""
    text = clean(cell)
    found = _ADDRESS.fullmatch(text)
    try:
        checked = validate_email(found[1] if found else text, check_deliverability=False)
    except EmailNotValidError as error:
        raise NotAnEmail(value=text) from error
    return str(checked.normalized).lower()


def to_department(cell: Cell) -> str:
    """The department's code; also read beside its name, as in « 75 - Paris » or « Paris (75) »."""
    text = clean(cell).upper()
    written = re.findall(r"\b(?:\d+|2[AB])\b", text)
    codes: set[str] = {found.lstrip("0").zfill(2) for found in written} or {text}
    if len(codes) != 1 or not codes <= DEPARTMENTS:
        raise NotADepartment(value=clean(cell))
    return codes.pop()


def to_yes_no(cell: Cell) -> bool:
    """Yes or no in the usual words, letters, digits and ticks."""
    text = clean(cell)
    word = key(text)
    if word in _YES or text in _TICKED:
        return True
    if word in _NO or text in _UNTICKED:
        return False
    raise NotYesOrNo(value=text)


def to_choice(choices: Mapping[str, T]) -> Callable[[Cell], T]:
    """A converter for words and their codes; the first word of each code is shown as expected."""
    exact = {key(word): code for word, code in choices.items()}
    bare: dict[str, T] = {}
    shown: dict[T, str] = {}
    for word, code in choices.items():
        shown.setdefault(code, word)
        bare.setdefault(bare_key(word), code)
    expected = ", ".join(shown.values())

    def convert(cell: Cell) -> T:
        word = key(cell)
        if word in exact:
            return exact[word]
        if bare_key(cell) in bare:
            return bare[bare_key(cell)]
        raise NotAChoice(value=clean(cell), expected=expected)

    return convert
