"""The configuration file says what the palette says, in names that Streamlit knows."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from lib.theme import DARK, FONT, FONTS, LIGHT, streamlit_theme

FILE = Path(__file__).parents[2] / ".streamlit" / "config.toml"


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def test_colours_are_those_of_the_palette(settings: dict[str, Any]) -> None:
    assert settings["theme"]["light"] == streamlit_theme(LIGHT)
    assert settings["theme"]["dark"] == streamlit_theme(DARK)


def test_every_font_is_one_of_ours_and_is_there(settings: dict[str, Any]) -> None:
    faces = settings["theme"]["fontFaces"]
    assert {face["weight"] for face in faces} == {"400", "700"}
    for face in faces:
        assert face["family"] == FONT
        folder, _, name = face["url"].rpartition("/")
        assert folder == "/fonts"
        assert (FONTS / name).is_file()


def test_streamlit_knows_every_option(settings: dict[str, Any]) -> None:
    known = set(config.get_config_options())
    sections = {name: options for name, options in settings.items() if name != "theme"}
    plain = {name: value for name, value in settings["theme"].items() if name not in {"light", "dark"}}
    sections |= {
        "theme": plain,
        "theme.light": settings["theme"]["light"],
        "theme.dark": settings["theme"]["dark"],
    }
    written = {f"{section}.{option}" for section, options in sections.items() for option in options}
    assert written <= known


def test_every_line_gives_its_reason() -> None:
    """A comment explains the lines that follow it, up to the next empty line; a font is one such block."""
    explained = in_font = False
    for line in FILE.read_text("utf-8").splitlines():
        in_font = line.startswith("[[theme.fontFaces") or (in_font and line != "")
        explained = line.startswith("#") or (explained and line != "")
        assert explained or in_font or line == "" or line.startswith("["), line
