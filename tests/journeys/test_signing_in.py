"""Coming in and going out, in one browser, in two tabs, and on a server that has just started."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lib.accounts.rules import DEMO_PASSPHRASE, SignInRefused
from lib.i18n import _ as fr
from tests.journeys.application import App
from tests.journeys.gestures import (
    asks_to_sign_in,
    heading,
    session_cookies,
    settle,
    sign_in,
    sign_out_button,
    signed_in,
    type_credentials,
)

NOTE_HEADINGS = """
window.headings = [];
new MutationObserver(() => document.querySelectorAll('h1').forEach(
    (h1) => window.headings.includes(h1.innerText) || window.headings.push(h1.innerText)
)).observe(document, {childList: true, subtree: true});
"""


@pytest.mark.parametrize("login", ["coordination@demo", "personne@demo"])
def test_a_refusal_does_not_tell_who_has_an_account(app: App, browser_page: Page, login: str) -> None:
    browser_page.goto(app.url)
    type_credentials(browser_page, login, "pas la bonne phrase")
    browser_page.get_by_role("button", name=fr("Se connecter")).click()
    refusal = SignInRefused()
    expect(browser_page.get_by_test_id("stAlert")).to_contain_text(fr(refusal.text, **refusal.values))
    asks_to_sign_in(browser_page)


def test_a_deep_link_is_there_after_signing_in_and_after_a_reload(app: App, browser_page: Page) -> None:
    sign_in(browser_page, app, path="/sites?state=paused")
    expect(heading(browser_page, "Sites")).to_be_visible()
    browser_page.reload()
    signed_in(browser_page)
    expect(heading(browser_page, "Sites")).to_be_visible()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: App, browser_page: Page) -> None:
    sign_in(browser_page, app)
    (cookie,) = session_cookies(browser_page.context)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["name"] not in browser_page.evaluate("document.cookie")


def test_signing_out_in_one_tab_ends_the_other(app: App, browser_page: Page) -> None:
    sign_in(browser_page, app)
    other = browser_page.context.new_page()
    other.goto(app.url + "/personnes")
    signed_in(other)
    sign_out_button(browser_page).click()
    asks_to_sign_in(browser_page)
    other.get_by_test_id("stTopNavLink").filter(has_text="Sites").first.click()
    asks_to_sign_in(other)
    expect(other.get_by_test_id("stTopNavLink")).to_have_count(0)


def test_a_page_that_follows_by_itself_goes_when_its_session_ends(app: App, browser_page: Page) -> None:
    sign_in(browser_page, app)
    other = browser_page.context.new_page()
    other.goto(app.url + "/recrutement")
    signed_in(other)
    sign_out_button(browser_page).click()
    asks_to_sign_in(browser_page)
    asks_to_sign_in(other)
    expect(other.get_by_test_id("stMetric")).to_have_count(0)


def test_a_cookie_kept_from_before_opens_nothing(
    app: App, browser_page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    sign_in(browser_page, app)
    kept = session_cookies(browser_page.context)
    sign_out_button(browser_page).click()
    asks_to_sign_in(browser_page)
    thief = new_context()
    thief.add_cookies(kept)
    page = thief.new_page()
    page.goto(app.url + "/personnes")
    settle(page)
    asks_to_sign_in(page)
    expect(page.get_by_test_id("stTopNavLink")).to_have_count(0)


def test_a_fresh_server_first_asked_for_a_page_shows_sign_in_and_one_click_opens_it(
    cold_app: App, browser_page: Page
) -> None:
    browser_page.add_init_script(NOTE_HEADINGS)
    browser_page.goto(cold_app.url + "/personnes")
    type_credentials(browser_page, "coordination@demo", DEMO_PASSPHRASE)
    settle(browser_page)
    assert browser_page.evaluate("window.headings") == ["Pilote Bilan"]
    browser_page.get_by_role("button", name=fr("Se connecter")).click()
    signed_in(browser_page)
    expect(heading(browser_page, "Personnes")).to_be_visible()
