"""The screens of the register: found by name, added once, corrected, and two people at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.training.commands import (
    AddCounsellor,
    CounsellorFacts,
    EditCounsellor,
    add_counsellor,
    edit_counsellor,
)
from lib.training.queries import counsellor, counsellors
from tests.pages.tables import tables

PAGE = "pages/training/counsellors.py"
OpenPage = Callable[..., AppTest]
SEEING = (Role.COORDINATOR, Role.TRAINER)
ANA = CounsellorFacts("Lune", "Ana", "ana@exemple.fr", "CIBC démo", "11", note="le lundi")


def plain(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if plain(one.label) == label).click().run()
    assert not page.exception
    return page


def write(page: AppTest, **values: str) -> None:
    for label, value in values.items():
        next(one for one in page.text_input if one.label == label).set_value(value)


@pytest.fixture
def ana(database: object, coordinator: Actor) -> int:
    with acting_as(coordinator) as db:
        return add_counsellor(db, coordinator, AddCounsellor(ANA))


@pytest.mark.parametrize("role", [role for role in Role if role not in SEEING])
def test_others_have_no_such_page(database: object, open_page: OpenPage, role: Role) -> None:
    with pytest.raises(ValueError, match="pages/training"):
        open_page(role, PAGE)


@pytest.mark.parametrize("role", SEEING)
def test_somebody_is_added_once(
    database: object, coordinator: Actor, open_page: OpenPage, role: Role
) -> None:
    page = open_page(role, PAGE)
    assert any("Le registre est vide" in one.value for one in page.markdown)

    write(page, Nom="Écume", Prénom="Zoé", Courriel="zoe@exemple.fr")
    press(page, "Ajouter au registre")
    write(page, Nom="Écume", Prénom="Zoé", Courriel="ZOE@exemple.fr")
    press(page, "Ajouter au registre")

    (rows,) = read(coordinator, counsellors())
    assert [row.email for row in rows] == ["zoe@exemple.fr"]
    assert "déjà celle d'une personne du registre" in plain(page.error[0].value)


def test_the_register_is_filtered_by_its_address(ana: int, open_page: OpenPage) -> None:
    assert len(tables(open_page(Role.TRAINER, PAGE, q="lune"))[0]) == 1
    assert len(tables(open_page(Role.TRAINER, PAGE, q="soleil"))) == 0
    assert len(tables(open_page(Role.TRAINER, PAGE, region="84"))) == 0


def test_the_second_person_sees_both_versions(ana: int, coordinator: Actor, open_page: OpenPage) -> None:
    page = open_page(Role.TRAINER, PAGE, fiche=ana)
    with acting_as(coordinator) as db:
        theirs = CounsellorFacts("Lune", "Ana", "ana@exemple.fr", "CIBC démo", "11", note="le mardi")
        edit_counsellor(db, coordinator, EditCounsellor(ana, 1, theirs))

    write(page, Remarque="le jeudi")
    press(page, "Enregistrer la fiche")
    both = next(one for one in tables(page) if "Votre saisie" in one)
    assert both.values.tolist() == [["Remarque", "le mardi", "le jeudi"]]

    press(page, "Enregistrer la fiche")
    (found,) = read(coordinator, counsellor(ana))
    assert (found[0].note, found[0].version) == ("le jeudi", 3)


@pytest.mark.parametrize("asked", ["999", "x", "9" * 40])
def test_a_guessed_address_is_not_found_and_logged(
    database: object, owner: Engine, open_page: OpenPage, asked: str
) -> None:
    page = open_page(Role.TRAINER, PAGE, fiche=asked)
    assert "n'existe pas" in plain(page.error[0].value)
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from audit.denial")) == 1
