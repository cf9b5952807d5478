"""`account` on the command line: links that work, refusals with a sentence and an exit status."""

import argparse
import re

import pytest

from lib.accounts import commands
from lib.manage import account

NAMED = ["--name", "Léa Martin", "--role"]


def manage(*words: str) -> int:
    parser = argparse.ArgumentParser()
    account.add_parser(parser.add_subparsers(dest="command"))
    args = parser.parse_args(["account", *words])
    return int(args.run(args))


def link_in(printed: str) -> str:
    found = re.search(r"/\?invitation=(\S+)", printed)
    assert found is not None, printed
    return found[1]


def test_an_account_is_added_reset_and_disabled(database: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage("add", "lea@exemple.fr", *NAMED, "coordinator") == 0
    first = link_in(capsys.readouterr().out)
    invited = commands.invitation(first)
    assert invited is not None
    assert invited.name == "Léa Martin"

    assert manage("reset", "LEA@exemple.fr") == 0
    second = link_in(capsys.readouterr().out)
    assert commands.invitation(first) is None
    assert commands.invitation(second) is not None

    assert manage("disable", "lea@exemple.fr", "--reason", "fin de mission") == 0
    assert commands.invitation(second) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reset", "personne"), "personne"),
        (("disable", "personne", "--reason", "fin de mission"), "personne"),
        (("add", "é", *NAMED, "admin"), "ne convient pas"),
        (("add", "lea", *NAMED, "partner"), "périmètre"),
        (("add", "lea", *NAMED, "site_referent", "--scope", "999"), "999"),
    ],
)
def test_a_refusal_is_a_sentence_and_an_exit_status(
    database: object, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert manage(*words) == 1
    assert said in capsys.readouterr().err


def test_an_unknown_role_is_named_with_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        manage("add", "lea", *NAMED, "chef")
    assert "site_referent" in capsys.readouterr().err
