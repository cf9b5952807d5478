"""Bad days in front of the screen: what was typed stays, it is saved once, and a sentence says what happened."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from lib.db import embedded
from lib.db.engine import EMBEDDED_DATABASE
from lib.i18n import _ as fr
from tests.faults.killing import Victim
from tests.journeys.application import App, start_app, wait_until
from tests.journeys.gestures import asks_to_sign_in, settle, sign_in, tick

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.xdist_group("faults-screens")]
AWAY = fr("La base de données ne répond pas pour le moment.")
ORIENT, BEGIN = fr("Orienter cette personne"), fr("Commencer à vérifier l'éligibilité")


@pytest.fixture(scope="module")
def app(opened_base: Path) -> Iterator[App]:
    home = opened_base / "pannes"
    home.mkdir()
    running = start_app(home)
    yield running
    Victim(home / "postgres").go_on()
    running.stop()


@pytest.fixture
def look(app: App) -> Callable[[str], Any]:
    """Ask the application's database as its superuser, past everything."""
    address = embedded.Server(app.home / "postgres").url(EMBEDDED_DATABASE)

    def ask(statement: str) -> Any:
        plain = address.set(drivername="postgresql").render_as_string()
        with psycopg.connect(plain, autocommit=True) as connection:
            found = connection.execute(statement)  # type: ignore[call-overload]  # fixed texts of these tests
            return (found.fetchone() or [None])[0] if found.description else None

    return ask


@pytest.fixture
def victim(app: App) -> Iterator[Victim]:
    victim = Victim(app.home / "postgres")
    yield victim
    victim.go_on()


def eventually(page: Page, done: Callable[[], bool], seconds: float, story: str) -> None:
    """Wait for a condition while the browser goes on."""

    def turn() -> bool:
        page.wait_for_timeout(20)
        return done()

    wait_until(turn, seconds, lambda: story)


def shown(page: Page, text: str, seconds: float = 20) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)


def new_person(page: Page, app: App, name: str) -> None:
    """The form of somebody oriented, filled in."""
    sign_in(page, app, "site@demo", "/orienter")
    page.get_by_label("Prénom", exact=True).fill("Rosalie")
    page.get_by_label("Nom", exact=True).fill(name)


def name_field(page: Page) -> Locator:
    return page.get_by_label("Nom", exact=True)


@pytest.fixture
def people(look: Callable[[str], Any]) -> Callable[[], int]:
    """How many people there are more than when the test began."""
    counted = "select count(*) from pilot.beneficiary"
    before = int(look(counted))
    return lambda: int(look(counted)) - before


def press_until_saved(page: Page, button: str, saved: Callable[[], bool]) -> None:
    """Click again, as somebody does who was told to."""

    def is_saved() -> bool:
        try:
            return saved()
        except psycopg.OperationalError:
            return False  # not back yet: a click brings it back

    def turn() -> bool:
        if not is_saved() and name_field(page).input_value():  # an emptied form was saved just now
            page.get_by_role("button", name=button).click()
            settle(page)
        return is_saved()

    eventually(page, turn, 60, "never saved")


def test_killed_during_a_save(
    app: App,
    victim: Victim,
    new_context: Callable[..., BrowserContext],
    look: Callable[[str], Any],
    people: Callable[[], int],
) -> None:
    page = new_context().new_page()
    new_person(page, app, "Delapanne")
    address = embedded.Server(app.home / "postgres").url(EMBEDDED_DATABASE)
    blocking = psycopg.connect(address.set(drivername="postgresql").render_as_string())
    blocking.execute("lock table pilot.state_event in access exclusive mode")
    page.get_by_role("button", name=ORIENT).click()
    waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = 'pilote_app'"
    eventually(page, lambda: look(waits) == 1, 20, "the save is not under way")
    victim.kill()
    blocking.close()

    shown(page, AWAY)
    expect(name_field(page)).to_have_value("Delapanne")
    page.get_by_role("button", name=ORIENT).click()
    settle(page)
    press_until_saved(page, ORIENT, lambda: people() == 1)
    expect(name_field(page)).to_have_value("")
    assert people() == 1


def test_frozen_then_back_by_itself(
    app: App, victim: Victim, new_context: Callable[..., BrowserContext], people: Callable[[], int]
) -> None:
    page = new_context().new_page()
    new_person(page, app, "Dugel")
    victim.pause()
    page.get_by_role("button", name=ORIENT).click()
    shown(page, AWAY, 15)
    expect(name_field(page)).to_have_value("Dugel")

    victim.go_on()
    expect(page.get_by_text(fr("Nouvel essai toutes les trois secondes…"))).to_have_count(0, timeout=30_000)
    settle(page)
    expect(name_field(page)).to_have_value("Dugel")
    assert people() == 0
    press_until_saved(page, ORIENT, lambda: people() == 1)


def test_two_coordinators_on_the_same_person(
    app: App, new_context: Callable[..., BrowserContext], look: Callable[[str], Any]
) -> None:
    code = look("select code from pilot.beneficiary where state = 'identified' order by id limit 1")
    steps = f"select seq from pilot.beneficiary where code = '{code}'"
    before = look(steps)
    pages = []
    for _ in range(2):
        page = new_context().new_page()
        sign_in(page, app, path=f"/personne?code={code}")
        tick(page, fr("Que s'est-il passé ?"), BEGIN)
        settle(page)
        pages.append(page)
    first, second = pages
    first.get_by_role("button", name=fr("Enregistrer cette étape")).click()
    eventually(first, lambda: look(steps) == before + 1, 20, "the first decision is not saved")

    second.get_by_role("button", name=fr("Enregistrer cette étape")).click()
    shown(second, fr("Une autre personne a enregistré"))
    expect(second.get_by_text("Éligibilité en cours").first).to_be_visible()
    assert look(steps) == before + 1


def test_a_double_click_is_one_record(
    app: App, new_context: Callable[..., BrowserContext], people: Callable[[], int]
) -> None:
    page = new_context().new_page()
    new_person(page, app, "Dudouble")
    page.get_by_role("button", name=ORIENT).dblclick()
    eventually(page, lambda: people() > 0, 20, "never saved")
    settle(page)
    expect(name_field(page)).to_have_value("")
    assert people() == 1


def test_ended_in_another_tab(
    app: App, new_context: Callable[..., BrowserContext], people: Callable[[], int]
) -> None:
    context = new_context()
    page = context.new_page()
    new_person(page, app, "Delonglet")
    other = context.new_page()
    other.goto(app.url)
    other.get_by_role("button", name=fr("Se déconnecter")).click()
    asks_to_sign_in(other)

    page.get_by_role("button", name=ORIENT).click()
    asks_to_sign_in(page)
    assert people() == 0


def test_ended_by_administration(
    app: App,
    new_context: Callable[..., BrowserContext],
    look: Callable[[str], Any],
    people: Callable[[], int],
) -> None:
    page = new_context().new_page()
    new_person(page, app, "Dudépart")
    look("update access.session set revoked_at = now() where revoked_at is null")

    page.get_by_role("button", name=ORIENT).click()
    asks_to_sign_in(page)
    assert people() == 0


def test_a_fault_of_ours_tells_a_reference_and_no_name(
    app: App,
    new_context: Callable[..., BrowserContext],
    look: Callable[[str], Any],
    people: Callable[[], int],
) -> None:
    page = new_context().new_page()
    new_person(page, app, "Quintefeuille")
    look("alter table pilot.state_event rename to state_event_away")
    try:
        page.get_by_role("button", name=ORIENT).click()
        told = page.get_by_test_id("stAlert").filter(has_text="référence")
        told.wait_for()
        settle(page)
    finally:
        look("alter table pilot.state_event_away rename to state_event")
    reference = told.inner_text().rstrip(". \n").split()[-1]

    lines = (app.home / "logs" / "pilote.log").read_text("utf-8").splitlines()
    faults = [line for line in map(json.loads, lines) if line.get("reference") == reference]
    assert len(faults) == 1
    assert faults[0]["kind"] == "ProgrammingError"
    assert faults[0]["sqlstate"] == "42P01"
    written = [*(app.home / "logs").iterdir(), app.home / "output.txt", app.home / "postgres" / "log"]
    for file in written:
        text = file.read_text("utf-8", errors="replace")
        assert "Quintefeuille" not in text, file
        assert "Traceback" not in text, file
    assert "Quintefeuille" not in told.inner_text()
    assert people() == 0
