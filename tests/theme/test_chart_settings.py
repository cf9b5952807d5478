"""A chart speaks the reader's language, in our fonts and colours, on screen and as an image."""

from pathlib import Path
from typing import Any

import altair
import pytest
import vl_convert
from fontTools.ttLib import TTFont

from lib.i18n import use_language
from lib.theme import BOLD, DARK, FONT, FONTS, LIGHT, REGULAR, chart_config

NEEDED = "ABCabc0123456789éèêëàâùûçîïôöÉÈÀÇœŒæ’«»–—…€%°²≤≥−×±·•\u00a0\u202f\u2011"


def chart(dark: bool) -> dict[str, Any]:
    values = [{"mois": "2026-02-01", "part": 1234.5}, {"mois": "2026-08-01", "part": 2345.5}]
    marks = altair.Chart(altair.Data(values=values)).mark_bar()
    encoded = marks.encode(
        altair.X("mois:T", axis=altair.Axis(format="%B %Y", values=[{"year": 2026, "month": 8, "date": 1}])),
        altair.Y("part:Q", axis=altair.Axis(format=",.1f", values=[2000])),
    )
    drawn: dict[str, Any] = encoded.configure(**chart_config(dark)).to_dict()
    return drawn


@pytest.mark.parametrize(
    ("code", "month", "amount"), [("fr", "août 2026", "2\u202f000,0"), ("en", "August 2026", "2,000.0")]
)
def test_months_and_numbers_follow_the_language(code: str, month: str, amount: str) -> None:
    with use_language(code):
        drawn = vl_convert.vegalite_to_svg(chart(dark=False))
    assert month in drawn
    assert amount in drawn


def test_altair_accepts_both_themes() -> None:
    assert chart(dark=False)["config"]["background"] == LIGHT.background
    assert chart(dark=True)["config"]["background"] == DARK.background


def test_two_charts_share_no_setting() -> None:
    chart_config(False)["axis"]["labelColor"] = "changed"
    assert chart_config(False)["axis"]["labelColor"] == LIGHT.muted


@pytest.mark.parametrize("path", [REGULAR, BOLD], ids=["regular", "bold"])
def test_fonts_hold_all_that_french_needs_with_tabular_figures(path: Path) -> None:
    with TTFont(path) as font:
        glyphs, widths = font.getBestCmap(), font["hmtx"]
        assert font["name"].getDebugName(1) == FONT
        assert [sign for sign in NEEDED if ord(sign) not in glyphs] == []
        assert len({widths[glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_fonts_come_in_both_forms_with_their_licence() -> None:
    for path in (REGULAR, BOLD):
        assert path.with_suffix(".woff2").read_bytes().startswith(b"wOF2")
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text("utf-8")
