"""What a login and a passphrase may be."""

import pytest

from lib.accounts import rules
from lib.refusal import Refusal


@pytest.mark.parametrize(
    "passphrase",
    [
        "trois mots au hasard",
        "été à la mer 2026",
        "kX9!vQ2@pL7#",
        "un thé, deux sucres ; merci",
        "éà çù ûî ôê âë",
    ],
)
def test_passphrases_with_spaces_and_accents_are_welcome(passphrase: str) -> None:
    assert rules.check_passphrase(f"  {passphrase} ", "lea") == passphrase


@pytest.mark.parametrize(
    ("passphrase", "refusal"),
    [
        ("trop court", rules.PassphraseTooShort),
        (" " * 20, rules.PassphraseTooShort),
        ("é" * 30 + "abcdefghijklm", rules.PassphraseTooLong),
        ("lea.martin@exemple.fr", rules.PassphraseGuessable),
        ("lea.martin2026", rules.PassphraseGuessable),
        ("LeaMartin 2026", rules.PassphraseGuessable),
        ("aaaaaaaaaaaaaaaa", rules.PassphraseGuessable),
        ("Mot de passe 123", rules.PassphraseGuessable),
        ("azertyuiop123456", rules.PassphraseGuessable),
        ("123456789012", rules.PassphraseGuessable),
    ],
)
def test_short_long_and_guessable_ones_are_not(passphrase: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.check_passphrase(passphrase, "lea.martin@exemple.fr")


def test_an_accent_is_the_same_on_every_keyboard() -> None:
    assert rules.canonical("e\u0301te\u0301") == rules.canonical("été")


@pytest.mark.parametrize("login", [" Lea.Martin@Exemple.FR ", "administration", "site-12"])
def test_a_login_is_an_address_or_a_plain_name(login: str) -> None:
    assert rules.clean_login(login) == login.strip().lower()


@pytest.mark.parametrize("login", ["", "a", "léa", "deux mots", "x@", "<script>", "lea@exemple.fr\n@"])
def test_other_logins_are_refused_with_an_example(login: str) -> None:
    with pytest.raises(rules.LoginUnfit):
        rules.clean_login(login)


def test_a_reason_says_something() -> None:
    assert rules.clean_reason("  départ   en retraite ") == "départ en retraite"
    with pytest.raises(rules.ReasonMissing):
        rules.clean_reason(" ... ")
