"""The spreadsheet of orientations: the sample gives exactly its answer key, and twice changes nothing."""

import io
import json
import time
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, text

from lib.access import Actor
from lib.db import acting_as
from lib.journey.commands import import_referrals, referral_sheet
from lib.refusal import NotAllowed
from lib.sheets.importing import Saved, digest_of
from lib.sheets.preview import Preview, preview
from lib.sheets.source import open_file
from tests.journey.conftest import TODAY

SAMPLES = Path(__file__).parents[1] / "samples"
HEADERS = (
    "N°", "Date orientation", "Site", "Canal", "Année naiss.", "Sexe", "Situation emploi", "Statut", "Motif",
    "Date inclusion", "Consentement bilan", "Consentement recherche",
)  # fmt: skip


def looked_at(actor: Actor, content: bytes, accepted: dict[str, object] | None = None) -> Preview:
    return preview(open_file("orientations.xlsx", content), referral_sheet(actor, TODAY, accepted or {}))


def brought_in(actor: Actor, content: bytes) -> Saved:
    seen = looked_at(actor, content)
    with acting_as(actor) as db:
        return import_referrals(db, actor, seen, digest_of(content), TODAY)


def book(*rows: tuple[object, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (headers, *rows):
        sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def line(**cells: object) -> tuple[object, ...]:
    usual = {"N°": 1, "Date orientation": "02/11/2026", "Site": "CH du Parc", "Statut": "en cours"}
    return tuple({**usual, **cells}.get(header) for header in HEADERS)


def sample() -> bytes:
    return (SAMPLES / "orientations-demo.xlsx").read_bytes()


def test_the_sample_gives_its_answer_key(sites: dict[str, int], coordinator: Actor) -> None:
    expected = json.loads((SAMPLES / "key-demo.json").read_text())["files"]["orientations-demo.xlsx"]

    seen = looked_at(coordinator, sample())

    assert (seen.rows, len(seen.ready)) == (expected["data_rows"], expected["good_rows"])
    assert [(one.row, one.column) for one in seen.to_mend] == [
        (bad["row"], bad["column"]) for bad in expected["bad"]
    ]


def test_saving_gives_legal_paths_and_the_expected_inclusions(
    sites: dict[str, int], coordinator: Actor, owner: Engine
) -> None:
    outcome = brought_in(coordinator, sample())

    with owner.connect() as connection:
        states = dict(
            connection.execute(text("select state, count(*) from pilot.beneficiary group by 1")).all()
        )
        unlinked = connection.scalar(
            text(
                "select count(*) from pilot.state_event e left join pilot.state_event p "
                "on p.beneficiary_id = e.beneficiary_id and p.seq = e.seq - 1 "
                "where e.from_state is distinct from p.to_state or p.effective_on > e.effective_on"
            )
        )
        reasons = set(
            connection.scalars(text("select reason_code from pilot.beneficiary where state = 'declined'"))
        )
        recontact = connection.execute(
            text("select recontact_on - referred_on from pilot.beneficiary where state = 'deferred'")
        ).scalars()
        assert set(recontact) == {14}
    assert outcome == Saved(59)
    assert states["consented"] == 19
    assert sum(states.values()) == 59
    assert unlinked == 0
    assert reasons == {"fatigue", "not_now", "distance", "undisclosed"}


def test_the_same_file_again_changes_nothing(sites: dict[str, int], coordinator: Actor) -> None:
    brought_in(coordinator, sample())

    assert brought_in(coordinator, sample()) == Saved(0, 59)


def test_a_row_that_says_something_else_now_is_to_mend(sites: dict[str, int], coordinator: Actor) -> None:
    brought_in(coordinator, book(line(**{"Année naiss.": 1980})))

    (problem,) = looked_at(coordinator, book(line(**{"Année naiss.": 1981}))).to_mend

    assert "avec d'autres valeurs" in problem.problem.replace("’", "'")
    assert "année de naissance" in problem.problem


def test_without_numbers_identical_rows_are_two_people_and_still_recognised(
    sites: dict[str, int], coordinator: Actor
) -> None:
    twins = book(line(**{"N°": None}), line(**{"N°": None}))

    assert brought_in(coordinator, twins) == Saved(2)
    assert brought_in(coordinator, twins) == Saved(0, 2)


def test_a_near_name_is_proposed_and_taken_once_accepted(sites: dict[str, int], coordinator: Actor) -> None:
    content = book(line(Site="CH du Pard"))

    (problem,) = looked_at(coordinator, content).to_mend
    accepted = looked_at(coordinator, content, {"CH du Pard": sites["CH du Parc"]})

    assert "« CH du Parc »".replace(" ", "\u00a0") in problem.problem or "CH du Parc" in problem.problem
    assert [row.values["site"] for row in accepted.ready] == [sites["CH du Parc"]]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Statut": "inclus", "Consentement bilan": "oui"}, "Date inclusion"),
        ({"Statut": "inclus", "Date inclusion": "05/11/2026"}, "Consentement bilan"),
        ({"Statut": "refus", "Date inclusion": "05/11/2026"}, "Date inclusion"),
        ({"Statut": "refus", "Motif": "hors âge actif"}, "Motif"),
        ({"Statut": "refus", "Motif": "la lune"}, "Motif"),
        ({"Statut": "sans proposition"}, "Motif"),
        ({"Date orientation": "24/11/2026"}, "Date orientation"),
        ({"Année naiss.": 2025}, "Année naiss."),
    ],
)
def test_what_contradicts_itself_is_to_mend(
    sites: dict[str, int], coordinator: Actor, cells: dict[str, object], column: str
) -> None:
    assert [one.column for one in looked_at(coordinator, book(line(**cells))).to_mend] == [column]


def test_a_reason_that_the_status_does_not_take_becomes_a_note(
    sites: dict[str, int], coordinator: Actor, owner: Engine
) -> None:
    row = line(
        Statut="inclus", Motif="fatigue", **{"Date inclusion": "05/11/2026", "Consentement bilan": "oui"}
    )

    assert brought_in(coordinator, book(row)) == Saved(1)
    with owner.connect() as connection:
        note = connection.scalar(text("select note from pilot.state_event where seq = 1"))
        assert note == "repris du tableur ; motif noté : fatigue"
        assert connection.scalar(text("select reason_code from pilot.beneficiary")) is None


def test_names_come_in_sealed(sites: dict[str, int], keys: Path, coordinator: Actor, owner: Engine) -> None:
    headers = (*HEADERS, "Nom", "Prénom", "Téléphone", "Courriel", "Vague")
    row = (*line(), "Delaunay", "Zoé", "06 12 34 56 78", "zoe@exemple.fr", "principale")

    assert brought_in(coordinator, book(row, headers=headers)) == Saved(1)
    with owner.connect() as connection:
        sealed = connection.scalar(text("select sealed from vault.identity"))
        everything = connection.scalar(text("select string_agg(b::text, ' ') from pilot.beneficiary b"))
        assert connection.scalar(text("select count(*) from vault.trace")) == 2
        assert connection.scalar(text("select wave from pilot.beneficiary")) == "main"
    assert sealed is not None
    assert "Delaunay" not in sealed
    assert "elaunay" not in str(everything)


def test_only_coordination_brings_files_in(sites: dict[str, int], acting, coordinator: Actor) -> None:  # type: ignore[no-untyped-def]  # fixture
    from lib.access import Role

    with pytest.raises(NotAllowed):
        referral_sheet(acting(Role.SITE_REFERENT, scope_id=1), TODAY, {})


@pytest.mark.slow
def test_ten_thousand_rows_are_saved_in_seconds(
    sites: dict[str, int], coordinator: Actor, owner: Engine
) -> None:
    names = list(sites)
    statuses = ("en cours", "éligible", "refus", "inclus", "injoignable")
    rows = []
    for number in range(10_000):
        referred = date(2026, 1, 5) + timedelta(days=number % 300)
        status = statuses[number % 5]
        extra: dict[str, object] = {"N°": number, "Site": names[number % len(names)], "Statut": status}
        if status == "inclus":
            extra |= {
                "Date inclusion": f"{referred + timedelta(days=9):%d/%m/%Y}",
                "Consentement bilan": "oui",
            }
        rows.append(line(**{**extra, "Date orientation": f"{referred:%d/%m/%Y}"}))
    content = book(*rows)

    began = time.perf_counter()
    assert brought_in(coordinator, content) == Saved(10_000)
    seconds = time.perf_counter() - began

    print(f"10 000 rows in {seconds:.1f} s")
    assert seconds < 30
