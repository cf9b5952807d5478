"""The look in one place: colours of both themes, the fonts, and the settings of every chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import get_day_names, get_month_names

from lib.i18n import Language, language
from lib.i18n.typography import NARROW, NO_BREAK

FONT = "Pilote Hyperlegible"
FONTS = Path(__file__).parents[1] / "data" / "fonts"
REGULAR = FONTS / "pilote-hyperlegible-400.ttf"
BOLD = FONTS / "pilote-hyperlegible-700.ttf"


@dataclass(frozen=True)
class Hue:
    """One colour as a mark, as a soft ground, and as text on that ground."""

    mark: str
    ground: str
    text: str


@dataclass(frozen=True)
class Palette:
    """Every colour of one theme; tests compute the contrast of each pair that meets on screen."""

    background: str
    surface: str
    text: str
    muted: str
    accent: str
    on_accent: str
    link: str
    border: str
    line: str
    hues: Mapping[str, Hue]
    categorical: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


LIGHT = Palette(
    background="#fbfaf7",
    surface="#f1eee7",
    text="#0e1718",
    muted="#5a6566",
    accent="#0f6468",
    on_accent="#ffffff",
    link="#0f6468",
    border="#918b7e",
    line="#d8d2c6",
    hues={
        "red": Hue("#b3372c", "#fbeae7", "#8f261d"),
        "orange": Hue("#c2622f", "#fbeee4", "#8a3f18"),
        "yellow": Hue("#a87400", "#faf1d9", "#6f4e00"),
        "green": Hue("#2f7d4f", "#e6f2ea", "#1f5c39"),
        "blue": Hue("#2f6ea3", "#e6eff6", "#1f5078"),
        "violet": Hue("#6a4fa3", "#efeaf7", "#503a82"),
        "gray": Hue("#5f6a6a", "#eeebe4", "#4b5555"),
    },
    categorical=("#0f6468", "#c2622f", "#203794", "#c08000", "#464a27", "#118abe"),
    sequential=(
        *("#dcebe8", "#bdd9d6", "#9ec7c4", "#7fb5b3", "#5ea3a1"),
        *("#448f8e", "#357979", "#266365", "#184f51", "#083b3e"),
    ),
    diverging=(
        *("#8a3f18", "#a96036", "#c88154", "#dda986", "#ebd3c1"),
        *("#cfd9d1", "#8fbab5", "#529997", "#307072", "#0b4a4e"),
    ),
)

DARK = Palette(
    background="#131a1b",
    surface="#1d2627",
    text="#ece9e2",
    muted="#a9b3b2",
    accent="#1b8185",
    on_accent="#ffffff",
    link="#6fc9c3",
    border="#6f7c7a",
    line="#36423f",
    hues={
        "red": Hue("#ef8d80", "#3d2220", "#f5aca2"),
        "orange": Hue("#e39a68", "#38281d", "#efb38a"),
        "yellow": Hue("#e0bd55", "#352d17", "#ebce7a"),
        "green": Hue("#7cc79b", "#1b3326", "#9ad7b3"),
        "blue": Hue("#7fb4de", "#1c2d3c", "#a4cbea"),
        "violet": Hue("#b09be0", "#2b2540", "#c6b6ea"),
        "gray": Hue("#9ca7a6", "#273031", "#bcc5c4"),
    },
    categorical=("#4fb3ae", "#e08a55", "#8c8dee", "#d3c24a", "#98655d", "#f5fbe1"),
    sequential=(
        *("#173c3e", "#1f5051", "#286464", "#317978", "#3a8f8c"),
        *("#53a3a0", "#77b6b2", "#98c9c4", "#b9ddd7", "#d9f0ea"),
    ),
    diverging=(
        *("#f2b48c", "#d79267", "#bc7043", "#8d5c3f", "#574c43"),
        *("#3b5253", "#397271", "#3e9392", "#73b9b5", "#a5e0d9"),
    ),
)


def palette(dark: bool) -> Palette:
    """The colours of the dark or of the light theme."""
    return DARK if dark else LIGHT


def streamlit_theme(colours: Palette) -> dict[str, Any]:
    """The same palette under Streamlit's names: what .streamlit/config.toml must say, held by a test."""
    options: dict[str, Any] = {
        "primaryColor": colours.accent,
        "backgroundColor": colours.background,
        "secondaryBackgroundColor": colours.surface,
        "textColor": colours.text,
        "linkColor": colours.link,
        "borderColor": colours.border,
        "dataframeBorderColor": colours.line,
        "dataframeHeaderBackgroundColor": colours.surface,
        "codeTextColor": colours.text,
        "codeBackgroundColor": colours.surface,
        "chartCategoricalColors": list(colours.categorical),
        "chartSequentialColors": list(colours.sequential),
        "chartDivergingColors": list(colours.diverging),
    }
    for name, hue in colours.hues.items():
        options |= {
            f"{name}Color": hue.mark,
            f"{name}BackgroundColor": hue.ground,
            f"{name}TextColor": hue.text,
        }
    return options


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(a: str, b: str) -> float:
    """WCAG 2.2 contrast of two #rrggbb colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(a), _luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


@cache
def _locale(code: Language) -> Mapping[str, Any]:
    """Names and separators for Vega, which speaks American English by itself."""
    name = {"fr": "fr_FR", "en": "en_GB"}[code]
    french = code == "fr"
    weekdays = (6, 0, 1, 2, 3, 4, 5)
    return {
        "number": {
            "decimal": "," if french else ".",
            "thousands": NARROW if french else ",",
            "grouping": [3],
            "currency": ["", f"{NO_BREAK}€"] if french else ["€", ""],
            "percent": f"{NARROW}%" if french else "%",
        },
        "time": {
            "dateTime": "%A %e %B %Y, %H:%M",
            "date": "%d/%m/%Y",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            "days": [get_day_names("wide", locale=name)[i] for i in weekdays],
            "shortDays": [get_day_names("abbreviated", locale=name)[i] for i in weekdays],
            "months": [get_month_names("wide", locale=name)[i] for i in range(1, 13)],
            "shortMonths": [get_month_names("abbreviated", locale=name)[i] for i in range(1, 13)],
        },
    }


def _axes(colours: Palette) -> dict[str, Any]:
    """Quiet axes: horizontal lines to read a value from, words in the colours of text."""
    size = {"labelFontSize": 13, "titleFontSize": 13}
    words = {"labelColor": colours.muted, "titleColor": colours.text, **size}
    strokes = {"gridColor": colours.line, "domainColor": colours.border, "tickColor": colours.border}
    return {
        "axis": {**words, **strokes, "titleFontWeight": "normal", "labelPadding": 6},
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "legend": {**words, "orient": "bottom", "title": None, "symbolType": "circle", "columns": 3},
        "header": words,
    }


def _marks(colours: Palette) -> dict[str, Any]:
    """How bars, lines and points are drawn when a chart says nothing else."""
    sequential = list(colours.sequential)
    return {
        "range": {
            "category": list(colours.categorical),
            "diverging": list(colours.diverging),
            **dict.fromkeys(("ramp", "heatmap", "ordinal"), sequential),
        },
        "mark": {"color": colours.categorical[0]},
        "bar": {"cornerRadiusEnd": 2},
        "line": {"strokeWidth": 2.5},
        "point": {"size": 60, "filled": True},
        "rule": {"color": colours.border},
        "text": {"color": colours.text, "fontSize": 13},
    }


def chart_config(dark: bool) -> dict[str, Any]:
    """Vega-Lite configuration for a chart: our fonts and colours, and the reader's language."""
    colours = palette(dark)
    title = {"color": colours.text, "subtitleColor": colours.muted, "fontSize": 16, "anchor": "start"}
    return {
        "background": colours.background,
        "font": FONT,
        "locale": dict(_locale(language())),
        "view": {"stroke": None},
        "title": title,
        **_axes(colours),
        **_marks(colours),
    }
