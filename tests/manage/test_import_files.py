"""`import` on the command line: the samples against their answer key, exit status, JSON, and odd files."""

import argparse
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, text

from lib.manage import import_files
from tests.sites.given import SAMPLES

Run = Callable[..., int]
FILES = {
    "sites": "sites-demo.xlsx",
    "counsellors": "conseillers-demo.csv",
    "referrals": "orientations-demo.xlsx",
}
ANSWERS = json.loads((SAMPLES / "answer-key.json").read_text(encoding="utf-8"))["files"]


@pytest.fixture
def run(database: object) -> Run:
    parser = argparse.ArgumentParser()
    import_files.add_parser(parser.add_subparsers())

    def go(*arguments: object) -> int:
        args = parser.parse_args(["import", *map(str, arguments)])
        return int(args.run(args))

    return go


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    """The sample of sites with its mistakes put right, as a coordinator would do."""
    book = openpyxl.load_workbook(SAMPLES / FILES["sites"])
    sheet = book.worksheets[0]
    for cell, value in {
        "F8": 5,
        "G11": "01/03/2026",
        "H13": "r@exemple.fr",
        "A15": "CH de la Source",
    }.items():
        sheet[cell] = value
    path = tmp_path / "sites corrigés.xlsx"
    book.save(path)
    return path


def count(owner: Engine, table: str) -> int:
    with owner.connect() as connection:
        return int(connection.scalar(text(f"select count(*) from {table}")) or 0)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("kind", ["sites", "counsellors"])
def test_the_report_for_machines_meets_the_answer_key(
    run: Run, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert run(kind, SAMPLES / FILES[kind], "--json") == 0
    report, key = printed(capsys), ANSWERS[FILES[kind]]

    assert list(report) == ["rows", "ready", "saved", "to_mend"]
    assert (report["rows"], report["ready"], report["saved"]) == (
        key["data_rows"],
        key["good_rows"],
        key["good_rows"],
    )
    mend = report["to_mend"]
    assert isinstance(mend, list)
    assert [(one["row"], one["column"]) for one in mend] == [
        (bad.get("row") or bad["line"], bad["column"]) for bad in key["bad"]
    ]
    assert all(list(one) == ["sheet", "row", "column", "problem"] and one["problem"] for one in mend)


def test_three_files_fill_a_pilot(
    run: Run, owner: Engine, mended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sites", SAMPLES / FILES["sites"]) == 0
    assert run("sites", mended) == 0
    assert run("counsellors", SAMPLES / FILES["counsellors"]) == 0
    capsys.readouterr()
    assert run("referrals", SAMPLES / FILES["referrals"], "--json") == 0

    report, key = printed(capsys), ANSWERS[FILES["referrals"]]
    mend = report["to_mend"]
    assert isinstance(mend, list)
    assert [(one["row"], one["column"]) for one in mend] == [
        (bad["row"], bad["column"]) for bad in key["bad"]
    ]
    assert (report["rows"], report["saved"]) == (key["data_rows"], key["good_rows"])
    assert (count(owner, "pilot.site"), count(owner, "pilot.counsellor")) == (12, 10)
    assert count(owner, "pilot.beneficiary where state = 'consented'") == key["included_good"]


@pytest.mark.parametrize("kind", ["sites", "counsellors"])
def test_the_same_file_again_changes_nothing_and_says_so(
    run: Run, owner: Engine, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    run(kind, SAMPLES / FILES[kind])
    changes = count(owner, "audit.change")
    capsys.readouterr()

    assert run(kind, SAMPLES / FILES[kind]) == 0
    assert "Rien de nouveau" in capsys.readouterr().out
    assert count(owner, "audit.change") == changes


def test_a_dry_run_saves_nothing(run: Run, owner: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sites", SAMPLES / FILES["sites"], "--dry-run") == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert "12 lignes lues, 8 prêtes, 4 à corriger, 2 ignorées" in told
    assert "Ligne 8, colonne « Objectif inclusions » : « à définir »" in told
    assert told.endswith("Essai : rien n’a été enregistré.\n")
    assert count(owner, "pilot.site") == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "une image"),
        (b"%PDF-1.7 ...", "un PDF"),
        (b"Nom du site;Type\n", "aucune ligne"),
        (b"0" * (21 * 1024 * 1024), "la limite est de 20"),
        (";".join(f"c{n}" for n in range(300)).encode() + b"\n1;2\n", "300 colonnes"),
    ],
    ids=["empty", "image", "pdf", "no row", "too large", "too wide"],
)
def test_a_wrong_file_gets_its_sentence(
    run: Run, owner: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    path = tmp_path / "fichier.xlsx"
    path.write_bytes(content)
    assert run("sites", path) == 1
    captured = capsys.readouterr()
    assert words in captured.err.replace("\u00a0", " ")
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_a_wrong_command_is_a_matter_of_usage(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sites", tmp_path / "absent.xlsx") == 2
    assert "Fichier introuvable" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        run("people", tmp_path)
    assert stopped.value.code == 2


def test_the_command_line_signs_what_it_does(run: Run, owner: Engine, tmp_path: Path) -> None:
    path = tmp_path / "à importer.csv"
    shutil.copy(SAMPLES / FILES["counsellors"], path)
    run("counsellors", path)
    assert count(owner, "pilot.import_batch where account_id = 0 and saved = 10") == 1
    assert count(owner, "audit.change where account_id = 0 and role = 'coordinator'") > 0
