"""The register of counsellors: adding, correcting, finding, and who may."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.refusal import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from lib.sheets.bad_cells import NotAnEmail
from lib.training.commands import (
    AddCounsellor,
    CounsellorFacts,
    EditCounsellor,
    add_counsellor,
    edit_counsellor,
)
from lib.training.queries import counsellor, counsellors, organisations, register_count
from lib.training.rules import CounsellorExists, EmailMissing, NameMissing, NegativeHours

ANA = CounsellorFacts("D'Almeida", "Ana", "ana@exemple.fr", "CIBC démo", "11", Decimal("875.25"))


def added(actor: Actor, facts: CounsellorFacts = ANA) -> int:
    with acting_as(actor) as db:
        return add_counsellor(db, actor, AddCounsellor(facts))


def names(actor: Actor, **filters: str | int) -> list[str]:
    (found,) = read(actor, counsellors(**filters))  # type: ignore[arg-type]  # filters by name
    return [row.last_name for row in found]


def test_a_counsellor_is_added_clean(database: object, coordinator: Actor) -> None:
    facts = replace(ANA, last_name="  D'Almeida ", email="Ana <ANA@Exemple.fr>")
    (found,) = read(coordinator, counsellor(added(coordinator, facts)))
    assert (found[0].last_name, found[0].email) == ("D'Almeida", "ana@exemple.fr")
    assert (found[0].practice_hours, found[0].version) == (Decimal("875.25"), 1)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (replace(ANA, last_name=" - "), NameMissing),
        (replace(ANA, first_name=""), NameMissing),
        (replace(ANA, email=" "), EmailMissing),
        (replace(ANA, email="ana@"), NotAnEmail),
        (replace(ANA, practice_hours=Decimal(-1)), NegativeHours),
    ],
)
def test_wrong_facts_are_refused(
    database: object, coordinator: Actor, facts: CounsellorFacts, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        added(coordinator, facts)


def test_one_address_is_one_person(database: object, coordinator: Actor) -> None:
    added(coordinator)
    other = added(coordinator, replace(ANA, email="b@exemple.fr"))
    with pytest.raises(CounsellorExists):
        added(coordinator, replace(ANA, email="ANA@exemple.fr"))
    with pytest.raises(CounsellorExists), acting_as(coordinator) as db:
        edit_counsellor(db, coordinator, EditCounsellor(other, 1, ANA))


def test_the_second_correction_is_told(database: object, coordinator: Actor) -> None:
    one = added(coordinator)
    with acting_as(coordinator) as db:
        edit_counsellor(db, coordinator, EditCounsellor(one, 1, replace(ANA, note="le lundi")))
    with pytest.raises(ChangedMeanwhile) as told, acting_as(coordinator) as db:
        edit_counsellor(db, coordinator, EditCounsellor(one, 1, replace(ANA, note="le mardi")))
    with pytest.raises(NotFound), acting_as(coordinator) as db:
        edit_counsellor(db, coordinator, EditCounsellor(999, 1, replace(ANA, email="c@exemple.fr")))

    assert (told.value.theirs["note"], told.value.theirs["version"]) == ("le lundi", 2)


def test_the_register_is_searched_and_cut(database: object, coordinator: Actor) -> None:
    added(coordinator)
    added(coordinator, CounsellorFacts("Zola", "Émile", "z@exemple.fr", "Cabinet", "84"))
    added(coordinator, CounsellorFacts("Écume", "Zoé", "e@exemple.fr"))

    assert names(coordinator) == ["D'Almeida", "Écume", "Zola"]
    assert names(coordinator, words="emile ZOLA") == ["Zola"]
    assert names(coordinator, words="d’almeida") == ["D'Almeida"]
    assert names(coordinator, words="zola exemple") == ["Zola"]
    assert names(coordinator, words="%") == ["D'Almeida", "Écume", "Zola"]
    assert names(coordinator, region="84") == ["Zola"]
    assert names(coordinator, organisation="CIBC démo") == ["D'Almeida"]
    assert names(coordinator, limit=1) == ["D'Almeida"]

    count, offered = read(coordinator, register_count(), organisations())
    one = count[0]
    assert (one.counsellors, one.regions, one.organisations, one.without_region) == (3, 2, 2, 1)
    assert offered == ["Cabinet", "CIBC démo"]


@pytest.mark.parametrize(
    ("role", "own", "seen"),
    [
        (Role.COORDINATOR, False, 2),
        (Role.TRAINER, False, 2),
        (Role.ADMIN, False, 2),
        (Role.COUNSELLOR, True, 1),
        (Role.SITE_REFERENT, True, 0),
        (Role.EVALUATOR, False, 0),
    ],
)
def test_each_role_reads_its_part(
    database: object, acting: Callable[..., Actor], coordinator: Actor, role: Role, own: bool, seen: int
) -> None:
    one = added(coordinator)
    added(coordinator, replace(ANA, email="b@exemple.fr"))
    (rows,) = read(acting(role, scope_id=one if own else None), counsellors())
    assert len(rows) == seen


def test_trainers_keep_the_register_too(database: object, acting: Callable[..., Actor]) -> None:
    trainer = acting(Role.TRAINER)
    one = added(trainer)
    with acting_as(trainer) as db:
        edit_counsellor(db, trainer, EditCounsellor(one, 1, replace(ANA, note="vu")))
    (found,) = read(trainer, counsellor(one))
    assert found[0].note == "vu"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.TRAINER)])
def test_others_may_not(
    database: object, acting: Callable[..., Actor], coordinator: Actor, role: Role
) -> None:
    one = added(coordinator)
    other = acting(role, scope_id=one)
    with pytest.raises(NotAllowed):
        added(other, replace(ANA, email="b@exemple.fr"))
    with pytest.raises(NotAllowed), acting_as(other) as db:
        edit_counsellor(db, other, EditCounsellor(one, 1, ANA))
