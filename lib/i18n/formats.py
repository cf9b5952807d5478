"""Numbers, percentages and dates as a person writes them, in the current language.

Most values of a page were written before, by the run before it or for the reader beside: what was written is kept.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from lib.clock import PARIS
from lib.i18n import Language, language
from lib.i18n.typography import NARROW

# British English: the pilot is in France, where 03/04 must mean the same day in both languages.
_LOCALES: dict[Language, str] = {"fr": "fr_FR", "en": "en_GB"}

# By type as well: 2.675 equals the long Decimal that it really is, yet is written from its short form.
_kept = lru_cache(maxsize=4096, typed=True)


def number(x: float | Decimal, decimals: int = 0) -> str:
    """1 234,5 in French and 1,234.5 in English; halves round away from zero, as people expect."""
    return _number(language(), x, decimals)


@_kept
def _number(code: Language, x: float | Decimal, decimals: int) -> str:
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(x)).quantize(step, ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    written = format_decimal(abs(rounded), format=pattern, locale=_LOCALES[code])
    return f"−{written}" if rounded < 0 else written


def percent(x: float | Decimal, decimals: int = 0) -> str:
    """A ratio as a percentage: 0.256 is 26 %, with the French narrow space or the English none."""
    space = NARROW if language() == "fr" else ""
    return f"{number(Decimal(str(x)) * 100, decimals)}{space}%"


def day(d: date) -> str:
    """23/11/2026."""
    return _date(language(), d, "dd/MM/yyyy")


def long_day(d: date) -> str:
    """lundi 23 novembre 2026; the first of a month is "1er" in French."""
    first = d.day == 1 and language() == "fr"
    return _date(language(), d, "EEEE 1'er' MMMM y" if first else "EEEE d MMMM y")


def month_year(d: date) -> str:
    """novembre 2026."""
    return _date(language(), d, "MMMM y")


@_kept
def _date(code: Language, d: date, pattern: str) -> str:
    return format_date(d, pattern, locale=_LOCALES[code])


def moment(dt: datetime) -> str:
    """23/11/2026 à 14:05, in Paris time whatever the zone of the moment given."""
    if dt.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown in Paris time.")
    # only what is shown tells moments apart: the hour that comes twice in autumn is one and the same for a cache
    return _moment(language(), dt.astimezone(PARIS).replace(tzinfo=None, second=0, microsecond=0))


@_kept
def _moment(code: Language, paris: datetime) -> str:
    pattern = "dd/MM/yyyy 'à' HH:mm" if code == "fr" else "dd/MM/yyyy 'at' HH:mm"
    return format_datetime(paris, pattern, locale=_LOCALES[code])
