"""The command line: French, honest exit statuses, figures as JSON, no traceback."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import URL, Engine, text

from lib.config import Settings
from lib.db.engine import APP_ROLE
from lib.manage.__main__ import main, parser

Installed = Callable[..., Settings]


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """The log of a test goes where the test goes."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


def address(url: URL, user: str = APP_ROLE) -> str:
    return url.set(username=user).render_as_string(hide_password=False)


def test_every_command_has_its_help_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    actions = [action for action in parser()._actions if action.choices]
    names = [name for action in actions for name in action.choices or ()]
    for name in names:
        with pytest.raises(SystemExit) as left:
            main([name, "--help"])
        shown = capsys.readouterr().out
        assert left.value.code == 0
        assert shown.startswith("Utilisation")
        assert "show this help" not in shown
    assert {"migrate", "check", "demo"} <= set(names)


@pytest.mark.parametrize(
    "arguments",
    [
        ["migrate"],
        ["check"],
        ["demo"],
        ["account", "add", "lea", "--name", "Léa", "--role", "admin"],
        ["account", "disable", "lea", "--reason", "fin de mission"],
        ["account", "reset", "lea"],
        ["import", "sites", "sites.xlsx"],
        ["rotate-keys"],
        ["bench"],
        ["docs"],
    ],
    ids=" ".join,
)
def test_every_command_has_something_to_run(arguments: list[str]) -> None:
    assert callable(parser().parse_args(arguments).run)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "il manque"),
        (["dem"], "« dem » n'existe pas"),
        (["demo", "--beneficiaries"], "--beneficiaries demande une valeur"),
        (["demo", "--beneficiaries", "mille"], "« mille » ne convient pas"),
        (["check", "--jsn"], "argument inconnu"),
    ],
)
def test_a_misspelt_command_is_told_in_french(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert said in capsys.readouterr().err.replace("’", "'").replace("\u00a0", " ")


def test_check_finds_everything_in_order(
    database: URL, installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(DATABASE_URL=address(database))
    assert main(["check"]) == 0
    assert "Tout est en ordre." in capsys.readouterr().out


def test_check_refuses_a_role_that_passes_by_the_policies(
    database: URL, installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = installed(DATABASE_URL=address(database, "postgres"))
    chosen.key_file.parent.mkdir(parents=True)
    chosen.key_file.write_text("x")
    chosen.key_file.chmod(0o644)
    assert main(["check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    wrong = {one["subject"]: one["mend"] for one in told["checks"] if not one["ok"]}
    assert set(wrong) == {"Droits", "Clés des identités"}
    assert wrong["Clés des identités"].startswith("chmod 600")


@pytest.mark.parametrize("given", [True, False], ids=["setting", "file"])
def test_check_tells_keys_that_are_none(
    database: URL, installed: Installed, capsys: pytest.CaptureFixture[str], given: bool
) -> None:
    keys = {"PILOTE_IDENTITY_KEYS": "une clé"} if given else {}
    chosen = installed(DATABASE_URL=address(database), **keys)
    if not given:
        chosen.key_file.parent.mkdir(parents=True)
        chosen.key_file.write_text("une clé\n")
        chosen.key_file.chmod(0o600)
    assert main(["check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (wrong,) = [one for one in told["checks"] if not one["ok"]]
    assert wrong["subject"] == "Clés des identités"
    assert "sauvegardées" in wrong["mend"]


def test_check_tells_an_old_schema_and_an_open_address(
    database: URL, owner: Engine, installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    with owner.begin() as connection:
        connection.execute(text("update pilot.alembic_version set version_num = '0000'"))
    installed(DATABASE_URL=address(database), PILOTE_PUBLIC_URL="http://pilote.example")
    assert main(["check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    wrong = {one["subject"] for one in told["checks"] if not one["ok"]}
    assert wrong == {"Version du schéma", "Adresse publique"}


def test_check_without_a_database_says_what_to_look_at(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(DATABASE_URL="postgresql://pilote_app:secret@127.0.0.1:1/pilote")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "vérifiez DATABASE_URL" in said
    assert "secret" not in said


def test_a_given_database_is_migrated_by_another_role_only(
    database: URL, installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(DATABASE_URL=address(database))
    assert main(["migrate"]) == 1
    assert "MIGRATION_URL" in capsys.readouterr().err

    installed(MIGRATION_URL=address(database, "postgres"))
    assert main(["migrate"]) == 0
    assert f"alter role {APP_ROLE} password" in capsys.readouterr().out


def test_the_demonstration_fills_an_empty_database_once(
    database: URL, owner: Engine, installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(MIGRATION_URL=address(database, "postgres"))
    assert main(["demo", "--beneficiaries", "20", "--seed", "7"]) == 0
    assert "20 personnes" in capsys.readouterr().out
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from pilot.beneficiary")) == 20
    assert main(["demo"]) == 1
    assert "contient déjà" in capsys.readouterr().err
    assert main(["demo", "--beneficiaries", "0"]) == 2


def test_a_fault_of_ours_leaves_a_reference_and_no_traceback(
    installed: Installed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = installed(DATABASE_URL="postgresql://pilote_app@127.0.0.1:1/pilote")

    def broken(_args: object) -> int:
        raise ZeroDivisionError("Camille Noisetier")

    monkeypatch.setattr("lib.manage.check.run", broken)
    assert main(["check"]) == 1
    said, log = capsys.readouterr().err, chosen.log_file.read_text(encoding="utf-8")
    assert "Référence" in said
    assert "Traceback" not in said + log
    assert "Camille" not in said + log
    assert json.loads(log.splitlines()[0])["reference"] in said
