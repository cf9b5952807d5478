"""Counsellors brought in from a spreadsheet: the sample and its answer key, and what is never overwritten."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.refusal import NotAllowed
from lib.sheets.importing import PreviewOutdated, Saved, digest_of
from lib.training.commands import COUNSELLORS, CounsellorFacts, EditCounsellor, edit_counsellor
from lib.training.queries import counsellors
from tests.sites.given import SAMPLES, TODAY, brought_in, previewed

FILE = "conseillers-demo.csv"
HEAD = "Prénom,Nom de famille,E-mail,Structure,Nb d'heures,Depuis\n"


def sample() -> bytes:
    return (SAMPLES / FILE).read_bytes()


def test_the_sample_meets_its_answer_key(database: object, coordinator: Actor) -> None:
    key = json.loads((SAMPLES / "answer-key.json").read_text(encoding="utf-8"))["files"][FILE]
    seen = previewed(coordinator, COUNSELLORS, FILE, sample())

    assert (seen.rows, len(seen.ready)) == (key["data_rows"], key["good_rows"])
    assert [(one.row, one.column) for one in seen.to_mend] == [
        (bad["line"], bad["column"]) for bad in key["bad"]
    ]


def test_the_sample_is_saved_once(database: object, owner: Engine, coordinator: Actor) -> None:
    first = brought_in(coordinator, COUNSELLORS, FILE, sample())
    again = brought_in(coordinator, COUNSELLORS, FILE, sample())

    (rows,) = read(coordinator, counsellors(words="d almeida"))
    with owner.connect() as connection:
        counts = connection.execute(
            text("select (select count(*) from pilot.counsellor), (select count(*) from pilot.import_batch)")
        ).one()
    assert (first, again, tuple(counts)) == (Saved(10, 0), Saved(0, 10), (10, 1))
    assert (rows[0].region, rows[0].practice_hours, rows[0].volunteer_since) == (
        "Auvergne-Rhône-Alpes",
        Decimal(980),
        date(2025, 4, 1),
    )


def test_a_formula_stays_a_text(database: object, coordinator: Actor) -> None:
    brought_in(coordinator, COUNSELLORS, FILE, sample())
    (rows,) = read(coordinator, counsellors(words="c5@exemple.fr"))
    assert rows[0].last_name == '=HYPERLINK("http://exemple.fr";"clic")'


def test_other_headers_and_a_difference(database: object, coordinator: Actor) -> None:
    first = (HEAD + 'Ana,Lune,ana@exemple.fr,CIBC,"1 250,5",1er mars 2025\n').encode()
    second = (HEAD + "Ana,LUNE,ANA@exemple.fr,Autre,,\nZoé,Soleil,zoe@exemple.fr,,,\n").encode("cp1252")
    assert brought_in(coordinator, COUNSELLORS, "a.csv", first) == Saved(1, 0)

    seen = previewed(coordinator, COUNSELLORS, "b.csv", second)
    assert [(one.row, one.column) for one in seen.to_mend] == [(2, "Structure")]
    assert len(seen.ready) == 1


def test_a_change_since_the_preview_saves_nothing(
    database: object, owner: Engine, coordinator: Actor
) -> None:
    content = (HEAD + "Zoé,Soleil,zoe@exemple.fr,,,\nAna,Lune,ana@exemple.fr,CIBC,,\n").encode()
    brought_in(coordinator, COUNSELLORS, "a.csv", (HEAD + "Ana,Lune,ana@exemple.fr,CIBC,,\n").encode())
    seen = previewed(coordinator, COUNSELLORS, "b.csv", content)
    with owner.connect() as connection:
        one = int(connection.scalar(text("select id from pilot.counsellor")) or 0)
    with acting_as(coordinator) as db:
        changed = CounsellorFacts("Lune", "Ana", "ana@exemple.fr", "Autre")
        edit_counsellor(db, coordinator, EditCounsellor(one, 1, changed))

    with pytest.raises(PreviewOutdated), acting_as(coordinator) as db:
        COUNSELLORS.save(db, coordinator, seen, digest_of(content), TODAY)
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from pilot.counsellor")) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_coordination_brings_files_in(
    database: object, acting: Callable[..., Actor], coordinator: Actor, role: Role
) -> None:
    other = acting(role, scope_id=1)
    seen = previewed(coordinator, COUNSELLORS, FILE, sample())
    with pytest.raises(NotAllowed):
        COUNSELLORS.sheet(other, TODAY, {})
    with pytest.raises(NotAllowed), acting_as(other) as db:
        COUNSELLORS.save(db, other, seen, b"", TODAY)
