"""The first page of each role: empty and filled."""

import pytest
from sqlalchemy import Engine, text

from lib.access import Role
from lib.ui.parts.home import LATEST
from tests.pages.conftest import OpenPage
from tests.pages.tables import tables

EXPECTED = {
    Role.COORDINATOR: "sites qui orientent",
    Role.EVALUATOR: "Le pilote commence",
    Role.SITE_REFERENT: "n’a encore orienté personne",
    Role.TRAINER: "Le registre du conseil est vide",
    Role.COUNSELLOR: "Aucune personne ne vous est encore confiée",
    Role.PARTNER: "Rien n’est encore publié",
    Role.ADMIN: "attend que sa phrase de passe",
}


def words(app: object) -> str:
    kinds = ("title", "header", "markdown", "caption", "page_link", "info")
    found = [element for kind in kinds for element in app.get(kind)]  # type: ignore[attr-defined]  # AppTest
    return "\n".join(str(getattr(one, "value", "") or getattr(one, "label", "")) for one in found)


@pytest.mark.parametrize("role", list(Role))
def test_an_empty_pilot_says_what_comes_next(database: object, open_page: OpenPage, role: Role) -> None:
    app = open_page(role)
    assert "Bonjour Camille Essai" in words(app)
    assert EXPECTED[role] in words(app)
    assert not app.metric


@pytest.mark.parametrize(
    ("role", "figures"),
    [
        (Role.COORDINATOR, ["150", "118", "97", "41"]),
        (Role.EVALUATOR, ["150", "118", "97", "41"]),
        (Role.TRAINER, ["14", "12", "7"]),
        (Role.SITE_REFERENT, []),
        (Role.COUNSELLOR, []),
        (Role.PARTNER, []),
        (Role.ADMIN, []),
    ],
)
def test_a_filled_pilot_shows_each_role_its_own(
    demo: object, open_page: OpenPage, role: Role, figures: list[str]
) -> None:
    app = open_page(role)
    assert [metric.value for metric in app.metric] == figures


def test_a_referent_sees_the_people_of_one_site_only(
    demo: object, open_page: OpenPage, owner: Engine
) -> None:
    app = open_page(Role.SITE_REFERENT, scope_id=3)
    with owner.connect() as connection:
        own = set(connection.scalars(text("select code from pilot.beneficiary where site_id = 3")))
    shown = set(tables(app)[0]["Code"])
    assert shown <= own
    assert len(shown) == min(len(own), LATEST)


def test_coordination_is_led_to_what_needs_doing(demo: object, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR)
    assert "À faire" in words(app)


def test_the_page_speaks_english_to_whoever_chose_it(demo: object, open_page: OpenPage) -> None:
    app = open_page(Role.PARTNER, language="en")
    assert "Camille Essai" in words(app)
    assert app.title[0].value != ""
