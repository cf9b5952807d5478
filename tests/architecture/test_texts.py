"""Every text people read is in the catalogue, translated, and well written."""

import ast
import re
from collections.abc import Callable
from string import Formatter

import pytest

from lib.i18n.catalogue import ENGLISH, translations
from lib.i18n.extract import texts
from tests.architecture.source import Source, python_files
from tests.architecture.texts import bare_texts, computed_texts

UPDATE = "run `python -m lib.i18n.extract --update` and translate data/locales/en/LC_MESSAGES/messages.po"
EMOJI = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
UNSPACED = re.compile(r"[\w)»}][;?!](?=\s|$)|[\w)»}]:(?=\s|$)|«(?=\S)(?!\u00a0)|(?<=\S)(?<!\u00a0)»")
NOT_PROSE = re.compile(r"https?://\S+|:[\w/-]+:|`[^`]*`")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_has_its_english() -> None:
    known = translations(ENGLISH)
    assert sorted(text for text in texts() if not known.get(text)) == [], UPDATE


def test_no_english_without_its_text() -> None:
    assert sorted(translations(ENGLISH).keys() - texts()) == [], UPDATE


def test_both_languages_take_the_same_values() -> None:
    pairs = translations(ENGLISH).items()
    assert [text for text, english in pairs if english and placeholders(text) != placeholders(english)] == []


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        (re.compile("·"), "screen readers stumble over the median point"),
        (EMOJI, "icons are Material symbols beside the text, not emoji in it"),
        (re.compile(r"\.\.\."), "the ellipsis is one sign: …"),
        (re.compile(r"^\s|\s$"), "spaces around a text belong to the layout"),
    ],
    ids=["median point", "emoji", "ellipsis", "outer space"],
)
def test_signs_that_texts_do_without(sign: re.Pattern[str], reason: str) -> None:
    written = [*texts(), *translations(ENGLISH).values()]
    assert [text for text in written if sign.search(text)] == [], reason


def test_french_punctuation_has_its_space() -> None:
    """The catalogue makes these spaces no-break; it does not add those that were forgotten."""
    spaced = [(text, NOT_PROSE.sub(" ", text)) for text in texts()]
    assert [text for text, prose in spaced if UNSPACED.search(prose)] == []


@pytest.mark.parametrize("check", [bare_texts, computed_texts])
def test_nothing_is_shown_past_the_catalogue(check: Callable[[Source], list[str]]) -> None:
    shown = python_files("pages", "lib/ui", "Home.py")
    assert [finding for source in shown for finding in check(source)] == []


BARE = [
    'st.title("Titre")',
    'st.button(f"{n} lignes")',
    'column.metric(_("Incluses"), "12 personnes")',
    'st.text_input(_("Nom"), placeholder="ex. Durand")',
    'st.error("Non" if refused else _("Oui"))',
    'st.tabs(["Liste", _("Carte")])',
    'st.write("Total " + str(n))',
    'st.caption("{} lignes".format(n))',
    'st.column_config.TextColumn("Site")',
    'show.chart(drawn, title="Inclusions")',
    'st.html("<p>Bonjour</p>")',
]
FINE = [
    'st.title(_("Titre"))',
    'st.button(plural(n, "{n} ligne", "{n} lignes"), key="save", icon=":material/save:")',
    "st.metric(_(stage.label), number(n))",
    "st.html(\"<div class='card'></div>\")",
    'st.markdown(":material/lock:")',
    'st.tabs([_("Liste"), _("Carte")])',
    'st.metric(_("Part"), "–")',
    'st.container(key="filters")',
    'st.write(rows["site"])',
    'st.page_link("pages/people/list.py", label=_("Personnes"))',
    'st.html(f"<div hidden {facts}></div>")',
]


def of_code(code: str) -> Source:
    ast.parse(code)
    return Source("pages/x/y.py", code)


@pytest.mark.parametrize("code", BARE)
def test_bare_texts_are_found(code: str) -> None:
    assert len(bare_texts(of_code(code))) == 1


@pytest.mark.parametrize("code", FINE)
def test_texts_of_the_catalogue_and_signs_are_not(code: str) -> None:
    assert bare_texts(of_code(code)) == []


def test_texts_built_on_the_way_are_found() -> None:
    assert computed_texts(of_code('_(f"Bonjour {name}")'))
    assert computed_texts(of_code('_("Bonjour " + name)'))
    assert computed_texts(of_code('_("Bonjour {name}", name=name)')) == []


@pytest.mark.parametrize("text", ["Prêt?", "Attention: oui", "«mot »", "« mot»", "Fin; suite"])
def test_forgotten_spaces_are_found(text: str) -> None:
    assert UNSPACED.search(text)
