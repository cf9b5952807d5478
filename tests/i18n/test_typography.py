"""The typographic pass: what it changes, and what it must leave alone."""

import pytest

from lib.i18n.typography import curl, typeset

CHANGED = [
    ("Attention : oui", "Attention\u00a0: oui"),
    ("Prêt ?", "Prêt\u202f?"),
    ("Bravo !", "Bravo\u202f!"),
    ("un ; deux", "un\u202f; deux"),
    ("« mot »", "«\u00a0mot\u00a0»"),
    ("l'équipe d'aujourd'hui", "l’équipe d’aujourd’hui"),
    ("l'{name}, d'« ici »", "l’{name}, d’«\u00a0ici\u00a0»"),
    ("26 % et 12 €", "26\u202f% et 12\u00a0€"),
    ("{share} % de {name} :", "{share}\u202f% de {name}\u00a0:"),
    ("**Total** : 3", "**Total**\u00a0: 3"),
]
LEFT_ALONE = [
    "Séance à 14:05",
    "https://exemple.fr/l'avis?x=1;y=2",
    "{day:%d/%m : %H}",
    ":material/home: Accueil",
    "Voir :material/info: ici",
    "`select 'l'été' ;`",
    "<span title='l'été :'>x</span>",
    "texte ![image](a.png)",
    "Fait.",
]


@pytest.mark.parametrize(("plain", "set_"), CHANGED)
def test_plain_typing_becomes_french_typography(plain: str, set_: str) -> None:
    assert typeset(plain) == set_


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_not_prose_is_left_alone(text: str) -> None:
    assert typeset(text) == text


@pytest.mark.parametrize("plain", [plain for plain, _ in CHANGED])
def test_a_second_pass_changes_nothing(plain: str) -> None:
    assert typeset(typeset(plain)) == typeset(plain)


def test_english_gets_apostrophes_and_no_french_spaces() -> None:
    assert curl("Don't wait : go") == "Don’t wait : go"
