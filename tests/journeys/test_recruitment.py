"""The recruitment page at work: decisions, figures that follow by themselves, filters in the address."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from lib.i18n import _ as fr
from lib.journey.rules import Answer, ConsentKind
from tests.journeys.application import App
from tests.journeys.gestures import (
    choose,
    code_in,
    figure,
    links_of_table,
    said,
    settle,
    signed_in,
    tick,
    unfold,
)

TRIES, SECONDS, PATIENCE = 3, 3.0, 15_000


def test_a_decision_is_recorded_from_the_recruitment_page(enter: Callable[..., Page]) -> None:
    page = enter(path="/recrutement")
    informed = int(figure(page, "Informées").inner_text())
    code = code_in(page.locator(".pilote-table").locator("a").first.inner_text())
    choose(page, fr("Enregistrer une décision pour"), code)
    tick(page, fr("Que s'est-il passé ?"), fr("L'information a été donnée"))
    version = page.get_by_role("textbox", name=fr("Version de la note d'information remise"))
    version.fill("v1")
    version.press("Tab")
    settle(page)
    page.get_by_role("button", name=fr("Enregistrer cette étape")).click()
    said(page, re.compile(rf"{code}.*enregistré"))
    expect(figure(page, "Informées")).to_have_text(str(informed + 1))


def test_an_inclusion_shows_in_another_browser_by_itself(app: App, enter: Callable[..., Page]) -> None:
    watched = enter("evaluation@demo", "/recrutement")
    watched.evaluate("window.neverReloaded = true")
    desk = enter(path="/personnes?state=informed")
    waiting = links_of_table(desk)[:TRIES]
    for link in waiting:
        included = int(figure(watched, "Incluses").inner_text())
        _include(desk, app.url + link)
        before = time.monotonic()
        expect(figure(watched, "Incluses")).to_have_text(str(included + 1), timeout=PATIENCE)
        if time.monotonic() - before < SECONDS:
            break
    else:
        raise AssertionError(f"never within {SECONDS} s")
    assert watched.evaluate("window.neverReloaded") is True


def _include(page: Page, address: str) -> None:
    page.goto(address)
    signed_in(page)
    tick(page, fr("Que s'est-il passé ?"), fr("La personne donne son accord : inclusion"))
    for kind in ConsentKind:
        tick(page, fr(kind.label), fr(Answer.GIVEN.label))
    settle(page)
    page.get_by_role("button", name=fr("Enregistrer cette étape")).click()
    said(page, re.compile("BC-.*enregistré"))


def test_filters_stay_in_the_address(enter: Callable[..., Page]) -> None:
    page = enter(path="/recrutement")
    unfold(page, fr("Filtrer"))
    choose(page, fr("Vague"), "Vague test")
    choose(page, fr("Région"), "Bretagne")
    expect(page).to_have_url(re.compile("region="))
    expect(page).to_have_url(re.compile("wave="))
    oriented = figure(page, "Orientées").inner_text()
    page.reload()
    signed_in(page)
    expect(figure(page, "Orientées")).to_have_text(oriented)
    for label, option in ((fr("Vague"), "Vague test"), (fr("Région"), "Bretagne")):
        expect(page.get_by_role("combobox", name=label, exact=True)).to_have_value(option)
