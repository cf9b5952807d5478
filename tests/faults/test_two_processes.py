"""Two application processes over one database, and ends that nobody wished for."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from lib.db import embedded
from lib.db.embedded.processes import at_work
from lib.db.engine import APP_ROLE, EMBEDDED_DATABASE
from lib.i18n import _ as fr
from tests.faults.killing import Victim
from tests.journeys.application import start_app, wait_until
from tests.journeys.gestures import asks_to_sign_in, figure, said, settle, sign_in

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.xdist_group("faults-screens")]


@pytest.fixture
def odd_home(opened_base: Path) -> Path:
    """A folder as people name them."""
    folder = opened_base / "L'été à Angers" / 'dossier "pilote"'
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_two_starts_at_once_share_everything(
    odd_home: Path, new_context: Callable[..., BrowserContext]
) -> None:
    """A write in one shows in the other, a sign-out in one holds in the other, the last one stops the server."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(start_app, [odd_home, odd_home])
    try:
        _write_and_sign_out(one, two, new_context)
        one.stop()
        assert one.process.returncode is not None
        assert at_work(odd_home / "postgres") != []
    finally:
        one.stop()
        two.stop()
    wait_until(lambda: at_work(odd_home / "postgres") == [], 20)


def _write_and_sign_out(one, two, new_context) -> None:  # type: ignore[no-untyped-def]  # part of the test above
    watching = new_context().new_page()
    sign_in(watching, one, path="/recrutement")
    oriented = figure(watching, "Orientées")
    before = int(oriented.inner_text())
    context = new_context()
    phone = context.new_page()
    sign_in(phone, two, "site@demo", "/orienter")
    phone.get_by_label("Année de naissance").fill("1979")
    phone.get_by_role("button", name=fr("Orienter cette personne")).click()
    said(phone, "Code de la personne")
    written = time.monotonic()
    expect(oriented).to_have_text(str(before + 1), timeout=20_000)
    assert time.monotonic() - written < 5  # three seconds are promised; the rest is the tests' own machine

    same_person = context.new_page()  # cookies do not know ports: signed in at the other process as well
    same_person.goto(f"{one.url}/orienter")
    same_person.get_by_role("button", name=fr("Se déconnecter")).wait_for()
    settle(same_person)
    same_person.get_by_role("button", name=fr("Se déconnecter")).click()
    asks_to_sign_in(same_person)
    phone.get_by_role("button", name=fr("Orienter cette personne")).click()
    asks_to_sign_in(phone)


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_told_to_end_it_leaves_nothing_behind(odd_home: Path, way: signal.Signals) -> None:
    app = start_app(odd_home)
    os.killpg(app.process.pid, way)  # as a terminal does: to all of its processes
    app.process.wait(30)
    wait_until(lambda: at_work(odd_home / "postgres") == [], 20)
    assert "Traceback" not in (odd_home / "output.txt").read_text("utf-8", errors="replace")


def test_killed_it_starts_again(odd_home: Path) -> None:
    app = start_app(odd_home)
    app.process.kill()
    app.process.wait(10)
    again = start_app(odd_home)
    assert len(Victim(odd_home / "postgres").servers()) == 1
    again.stop()
    wait_until(lambda: at_work(odd_home / "postgres") == [], 20)


def test_a_given_database_that_goes_and_comes_back(
    own_server: embedded.Server, home: Path, new_context: Callable[..., BrowserContext]
) -> None:
    """Nothing revives a server of somebody else: the page says so, and comes back when it does."""
    url = own_server.url(EMBEDDED_DATABASE, APP_ROLE).render_as_string()
    app = start_app(home, demo=False, DATABASE_URL=url)
    try:
        page = new_context().new_page()
        page.goto(app.url)
        name = page.get_by_label("Identifiant", exact=True)
        name.fill("camille")
        settle(page)
        Victim(own_server.data).kill()
        page.get_by_label("Phrase de passe", exact=True).fill("une longue phrase de passe")
        page.get_by_role("button", name="Se connecter").click()
        said(page, fr("La base de données ne répond pas pour le moment."))
        own_server.start()
        expect(page.get_by_text(fr("Nouvel essai toutes les trois secondes…"))).to_have_count(
            0, timeout=30_000
        )
        expect(name).to_have_value("camille")
    finally:
        app.stop()
    assert not (home / "postgres").exists()
