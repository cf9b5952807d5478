"""Texts in the current language, plurals, and French wherever English is missing."""

from collections.abc import Iterator
from threading import Thread

import pytest

from lib import i18n
from lib.i18n import N_, _, language, plural, use_language

ENGLISH = {"Bonjour {name} !": "Hello {name}!", "{n} personne": "{n} person", "{n} personnes": "{n} people"}


@pytest.fixture(autouse=True)
def _french_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(i18n, "english", lambda: ENGLISH)
    with use_language("fr"):
        yield


def test_french_is_typeset_before_values_are_filled_in() -> None:
    assert _("Bonjour {name} !", name="l'ami : toi") == "Bonjour l'ami : toi\u202f!"


def test_braces_stay_when_no_value_is_given() -> None:
    assert _("Écrire {name}") == "Écrire {name}"


def test_english_when_asked() -> None:
    use_language("en")
    assert _("Bonjour {name} !", name="Ana") == "Hello Ana!"


def test_a_text_without_english_is_shown_in_french() -> None:
    use_language("en")
    assert _("Pas traduit : {n}", n=1) == "Pas traduit\u00a0: 1"


@pytest.mark.parametrize(
    ("code", "n", "said"),
    [
        ("fr", 0, "0 personne"),
        ("fr", 1, "1 personne"),
        ("fr", 2, "2 personnes"),
        ("fr", 12_000, "12\u202f000 personnes"),
        ("en", 0, "0 people"),
        ("en", 1, "1 person"),
        ("en", 12_000, "12,000 people"),
    ],
)
def test_plural_follows_each_language(code: str, n: int, said: str) -> None:
    use_language(code)
    assert plural(n, "{n} personne", "{n} personnes") == said


def test_a_block_gives_the_language_back() -> None:
    with use_language("en"):
        assert language() == "en"
    assert language() == "fr"


def test_an_unknown_language_means_french() -> None:
    use_language("xx")
    assert language() == "fr"


def test_one_thread_does_not_change_another() -> None:
    use_language("en")
    heard: list[str] = []
    other = Thread(target=lambda: heard.append(language()))
    other.start()
    other.join()
    assert heard == ["fr"]
    assert language() == "en"


def test_the_marker_changes_nothing() -> None:
    assert N_("l'été :") == "l'été :"
