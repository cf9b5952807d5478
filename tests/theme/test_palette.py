"""Every pair of colours that meets on screen has the contrast it needs, for all eyes."""

from itertools import combinations, pairwise

import pytest

from lib.theme import DARK, LIGHT, Palette, contrast_ratio, palette
from tests.theme.colour_vision import VISIONS, distance, faded

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
TEXT, LARGE_OR_MARK = 4.5, 3.0
# About seven times a just noticeable difference: still told apart in a thin line or a small square.
APART = 15.0


def test_known_ratios() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast_ratio("#336699", "#336699") == 1


def test_dark_is_dark() -> None:
    assert palette(dark=True) is DARK
    assert palette(dark=False) is LIGHT


@THEMES
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_words_can_be_read(colours: Palette, ground: str) -> None:
    for words in (colours.text, colours.muted, colours.link):
        assert contrast_ratio(words, getattr(colours, ground)) >= TEXT, words


@THEMES
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_captions_can_be_read(colours: Palette, ground: str) -> None:
    """Streamlit writes captions in the text's colour at 60 %, table headings and placeholders at 70 %."""
    behind = getattr(colours, ground)
    assert contrast_ratio(faded(colours.text, behind, 0.6), behind) >= TEXT


@THEMES
def test_body_text_is_well_above_the_minimum(colours: Palette) -> None:
    assert contrast_ratio(colours.text, colours.background) >= 7


@THEMES
def test_buttons_can_be_read_and_found(colours: Palette) -> None:
    assert contrast_ratio(colours.on_accent, colours.accent) >= TEXT
    assert contrast_ratio(colours.accent, colours.background) >= LARGE_OR_MARK


@THEMES
def test_the_outline_of_a_field_can_be_seen(colours: Palette) -> None:
    assert contrast_ratio(colours.border, colours.background) >= LARGE_OR_MARK


@THEMES
def test_messages_can_be_read(colours: Palette) -> None:
    for name, hue in colours.hues.items():
        for ground in (hue.ground, colours.background):
            assert contrast_ratio(hue.text, ground) >= TEXT, name
        assert contrast_ratio(colours.text, hue.ground) >= TEXT, name
        assert contrast_ratio(hue.mark, colours.background) >= LARGE_OR_MARK, name


@THEMES
def test_chart_colours_stand_out_from_the_page(colours: Palette) -> None:
    for colour in colours.categorical:
        assert contrast_ratio(colour, colours.background) >= LARGE_OR_MARK, colour


@THEMES
@pytest.mark.parametrize("vision", VISIONS)
def test_chart_colours_are_told_apart(colours: Palette, vision: str) -> None:
    for a, b in combinations(colours.categorical, 2):
        assert distance(a, b, vision) >= APART, (a, b)


@THEMES
@pytest.mark.parametrize("vision", VISIONS)
def test_the_first_two_are_far_apart(colours: Palette, vision: str) -> None:
    first, second, *_ = colours.categorical
    assert distance(first, second, vision) >= 2 * APART


@THEMES
def test_more_is_always_further_from_the_page(colours: Palette) -> None:
    ratios = [contrast_ratio(colour, colours.background) for colour in colours.sequential]
    assert all(a < b for a, b in pairwise(ratios))
