"""What is written in a cell, freed from invisible signs, and the key that makes two writings equal."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | bool | date | datetime | None

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_BLANKS = re.compile(r"\s+")
_NOT_A_LETTER = re.compile(r"[^0-9a-z]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
# "incluse" is written inclus(e), inclus·e or inclus.e: once punctuation is gone, a lone ending remains.
_ENDINGS = re.compile(r" (?:e|es|s|ne|nes|se|ses|te|tes|trice|trices|euse|euses)\b")
# Excel in English and in French, LibreOffice; the last one is ours, for a formula saved without its result.
NO_RESULT = "#FORMULE?"
_ERRORS = re.compile(
    r"#(?:REF!|N/A|N/D|NAME\?|NOM\?|VALUE!|VALEUR!|DIV/0!|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|CALC!|FORMULE\?|#+)"
    r"|Err:5\d\d",
    re.IGNORECASE,
)


def clean(cell: object) -> str:
    """The cell as text on one line: no-break and repeated blanks become one space, invisible signs go."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _BLANKS.sub(" ", cell.translate(_INVISIBLE)).strip()
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    if isinstance(cell, float | Decimal):
        number = Decimal(str(cell))
        whole = number.is_finite() and number.adjusted() < 15 and number == number.to_integral_value()
        return str(int(number)) if whole else str(cell).replace(".", ",")
    return str(cell)


def _unaccented(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold().replace("°", " ").translate(_LIGATURES))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def key(cell: object) -> str:
    """Two writings with one key are the same: case, accents, hyphens and apostrophes do not count."""
    text = clean(cell)
    letters = text.lower() if text.isascii() else _unaccented(text)
    return _NOT_A_LETTER.sub(" ", letters).strip()


def bare_key(cell: object) -> str:
    """The key without the endings of inclusive writing, so that inclus(e) reads as inclus."""
    return _ENDINGS.sub("", key(cell))


def is_error(text: str) -> bool:
    """Whether a spreadsheet program wrote this in place of a formula's result."""
    return text[:1] in "#Ee" and _ERRORS.fullmatch(text) is not None
