"""Numbers, percentages and dates as a person writes them, in the current language."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from lib.clock import PARIS
from lib.i18n import language
from lib.i18n.typography import NARROW

# British English: the pilot is in France, where 03/04 must mean the same day in both languages.
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def _locale() -> str:
    return _LOCALES[language()]


def number(x: float | Decimal, decimals: int = 0) -> str:
    """1 234,5 in French and 1,234.5 in English; halves round away from zero, as people expect."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(x)).quantize(step, ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    written = format_decimal(abs(rounded), format=pattern, locale=_locale())
    return f"−{written}" if rounded < 0 else written


def percent(x: float | Decimal, decimals: int = 0) -> str:
    """A ratio as a percentage: 0.256 is 26 %, with the French narrow space or the English none."""
    space = NARROW if language() == "fr" else ""
    return f"{number(Decimal(str(x)) * 100, decimals)}{space}%"


def day(d: date) -> str:
    """23/11/2026."""
    return format_date(d, "dd/MM/yyyy", locale=_locale())


def long_day(d: date) -> str:
    """lundi 23 novembre 2026; the first of a month is "1er" in French."""
    first = d.day == 1 and language() == "fr"
    return format_date(d, "EEEE 1'er' MMMM y" if first else "EEEE d MMMM y", locale=_locale())


def moment(dt: datetime) -> str:
    """23/11/2026 à 14:05, in Paris time whatever the zone of the moment given."""
    if dt.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown in Paris time.")
    pattern = "dd/MM/yyyy 'à' HH:mm" if language() == "fr" else "dd/MM/yyyy 'at' HH:mm"
    return format_datetime(dt, pattern, tzinfo=PARIS, locale=_locale())


def month_year(d: date) -> str:
    """novembre 2026."""
    return format_date(d, "MMMM y", locale=_locale())
