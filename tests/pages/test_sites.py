"""The screens of sites: list, one site, adding, correcting, activating, and two people at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from lib import clock
from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.sites.commands import EditSite, edit_site
from lib.sites.queries import site, sites
from lib.sites.rules import Kind, SiteState
from tests.pages.tables import tables
from tests.sites.given import facts, site_of, tick_all

LIST, ONE = "pages/sites/list.py", "pages/sites/site.py"
OpenPage = Callable[..., AppTest]
SEEING = (Role.COORDINATOR, Role.EVALUATOR)


def plain(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if plain(one.label) == label).click().run()
    assert not page.exception
    return page


def field(page: AppTest, label: str) -> object:
    every = (*page.text_input, *page.number_input, *page.date_input, *page.selectbox, *page.radio)
    return next(one for one in every if plain(one.label) == label)


def shown_names(page: AppTest) -> list[str]:
    return list(tables(page)[0]["Site"])


@pytest.mark.parametrize("role", [role for role in Role if role not in SEEING])
@pytest.mark.parametrize("path", [LIST, ONE])
def test_others_have_no_such_page(database: object, open_page: OpenPage, role: Role, path: str) -> None:
    with pytest.raises(ValueError, match="pages/sites"):
        open_page(role, path)


def test_an_empty_list_says_what_to_do_next(database: object, open_page: OpenPage) -> None:
    page = open_page(Role.COORDINATOR, LIST)
    assert any("Aucun site n'est encore enregistré" in plain(one.value) for one in page.markdown)


@pytest.mark.parametrize("role", SEEING)
def test_the_list_is_filtered_by_its_address(
    database: object, coordinator: Actor, open_page: OpenPage, role: Role
) -> None:
    site_of(coordinator, "CH du Parc", kind=Kind.CH, region_code="84", department_code="69", city="Lyon")
    site_of(coordinator, "Étoile", target=5)

    assert shown_names(open_page(role, LIST)) == ["CH du Parc", "Étoile"]
    assert shown_names(open_page(role, LIST, region="84")) == ["CH du Parc"]
    assert shown_names(open_page(role, LIST, q="etoile", state="prospect")) == ["Étoile"]


def test_a_site_is_added(database: object, coordinator: Actor, open_page: OpenPage) -> None:
    page = open_page(Role.COORDINATOR, LIST)
    press(page, "Ajouter ce site")
    assert "Donnez un nom" in plain(page.error[0].value)

    field(page, "Nom du site").set_value("CH du Parc")  # type: ignore[attr-defined]  # any field
    field(page, "Département").set_value("69")  # type: ignore[attr-defined]  # any field
    press(page, "Ajouter ce site")

    (rows,) = read(coordinator, sites(clock.today()))
    assert [(row.name, row.region) for row in rows] == [("CH du Parc", "Auvergne-Rhône-Alpes")]
    assert shown_names(page) == ["CH du Parc"]


@pytest.mark.parametrize("asked", ["999", "x", "-1", "9" * 40, ""])
def test_a_guessed_address_is_not_found_and_logged(
    database: object, owner: Engine, open_page: OpenPage, asked: str
) -> None:
    page = open_page(Role.EVALUATOR, ONE, site=asked)
    assert "n'existe pas" in plain(page.error[0].value)
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from audit.denial where role = 'evaluator'")) == 1


def test_readers_get_no_form(database: object, coordinator: Actor, open_page: OpenPage) -> None:
    page = open_page(Role.EVALUATOR, ONE, site=site_of(coordinator, today=clock.today()))
    assert [one.value for one in page.title] == ["CHU Les Tilleuls"]
    assert page.get("form") == []


def test_activation_is_refused_in_words_then_done(
    database: object, coordinator: Actor, open_page: OpenPage
) -> None:
    today = clock.today()
    site_id = site_of(coordinator, today=today - timedelta(30))
    page = open_page(Role.COORDINATOR, ONE, site=site_id)
    press(page, "Changer l'état")

    assert "il reste à dater : Convention signée" in plain(page.info[0].value)
    press(page, "Changer l'état")
    assert "Il manque : Convention signée" in plain(page.error[0].value)

    for label in ("Convention signée", "Référence nommée", "Équipe informée", "Documents remis"):
        field(page, label).set_value(today)  # type: ignore[attr-defined]  # any field
    press(page, "Enregistrer la liste")
    press(page, "Changer l'état")

    (found,) = read(coordinator, site(site_id, today))
    assert found[0].state is SiteState.ACTIVATED
    assert [plain(one.value) for one in page.error] == []


def test_the_second_person_sees_both_versions_and_keeps_what_was_typed(
    database: object, coordinator: Actor, open_page: OpenPage
) -> None:
    site_id = site_of(coordinator, target=4, today=clock.today())
    page = open_page(Role.COORDINATOR, ONE, site=site_id)
    with acting_as(coordinator) as db:
        edit_site(db, coordinator, EditSite(site_id, 1, facts(target=12)), clock.today())

    field(page, "Objectif d'inclusions").set_value(9)  # type: ignore[attr-defined]  # any field
    press(page, "Enregistrer la fiche")

    assert "Une autre personne a enregistré" in plain(page.error[0].value)
    both = next(one for one in tables(page) if "Votre saisie" in one)
    assert both.values.tolist() == [["Objectif d’inclusions", "12", "9"]]
    (found,) = read(coordinator, site(site_id, clock.today()))
    assert found[0].target == 12

    press(page, "Enregistrer la fiche")
    (found,) = read(coordinator, site(site_id, clock.today()))
    assert (found[0].target, found[0].version) == (9, 3)


def test_an_active_site_with_gaps_is_what_needs_doing(
    database: object, owner: Engine, coordinator: Actor, open_page: OpenPage
) -> None:
    complete = site_of(coordinator, "Étoile", today=clock.today())
    tick_all(coordinator, complete, on=clock.today())
    site_of(coordinator, "CH du Parc", today=clock.today())
    with owner.begin() as connection:
        connection.execute(text("update pilot.site set state = 'activated'"))
    page = open_page(Role.COORDINATOR, LIST)
    assert "4 étapes restent à dater" in plain(page.warning[0].value)
