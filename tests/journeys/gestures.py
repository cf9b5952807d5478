"""What people do in front of the application, as the journeys need it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, expect

from lib.accounts.rules import COOKIE, DEMO_PASSPHRASE
from lib.i18n import _ as fr
from tests.journeys.application import App, wait_until

CODE = re.compile(r"BC-[0-9A-Z]{4}")


def settle(page: Page) -> None:
    """Wait until the script of the page has run and nothing is still a skeleton."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)


def type_credentials(page: Page, login: str, password: str) -> None:
    page.get_by_label(fr("Identifiant"), exact=True).fill(login)
    page.get_by_label(fr("Phrase de passe"), exact=True).fill(password)


def sign_in(
    page: Page, app: App, login: str = "coordination@demo", path: str = "/", password: str = DEMO_PASSPHRASE
) -> None:
    """Sign in as a person does: type, press Enter, and be on the page that was asked for."""
    page.goto(app.url + path)
    type_credentials(page, login, password)
    page.get_by_label(fr("Phrase de passe"), exact=True).press("Enter")
    signed_in(page)


def signed_in(page: Page) -> None:
    """Wait until the account's corner is there and the browser holds its cookie."""
    sign_out_button(page).wait_for()
    settle(page)
    wait_until(lambda: bool(session_cookies(page.context)), 10, lambda: "no cookie of the session")


def sign_out_button(page: Page) -> Locator:
    return page.get_by_role("button", name=fr("Se déconnecter"), exact=True)


def session_cookies(context: BrowserContext) -> list[Any]:
    return [cookie for cookie in context.cookies() if cookie["name"] == COOKIE]


def asks_to_sign_in(page: Page) -> None:
    expect(page.get_by_label(fr("Identifiant"), exact=True)).to_be_visible()
    expect(sign_out_button(page)).to_have_count(0)


def go(page: Page, title: str) -> None:
    """Follow the menu."""
    page.get_by_test_id("stTopNavLink").filter(has_text=title).first.click()
    page.get_by_role("heading", level=1, name=re.compile(f"^{title}")).wait_for()
    settle(page)


def heading(page: Page, title: str) -> Locator:
    return page.get_by_role("heading", level=1, name=title, exact=True)


def widget(place: Page | Locator, kind: str, label: str) -> Locator:
    """One widget of Streamlit by its label, as it is read on screen."""
    page = place.page if isinstance(place, Locator) else place
    named = page.get_by_test_id("stWidgetLabel").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
    return place.get_by_test_id(kind).filter(has=named)


def choose(page: Page, label: str, option: str, within: Locator | None = None) -> None:
    """Choose in a select box; `within` tells two boxes of one name apart."""
    box = widget(within or page, "stSelectbox", label).get_by_role("combobox")
    wanted = page.get_by_role("option", name=option).first
    for _again in range(3):  # a page that just ran again has closed the list under the pointer
        box.click()
        try:
            wanted.click(timeout=4_000)
            break
        except TimeoutError:
            continue
    expect(box).to_have_value(re.compile(re.escape(option), re.IGNORECASE))
    settle(page)


def tick(page: Page | Locator, label: str, option: str) -> None:
    """Choose one of a few radio buttons."""
    group = widget(page, "stRadio", label)
    group.get_by_text(option, exact=True).click()
    expect(group.get_by_role("radio", name=option, exact=True)).to_be_checked()


def drop(page: Page, kind: str, file: Path) -> None:
    """Bring a file to the import screen and wait for what it says about it."""
    tick(page, fr("Que contient le fichier ?"), kind)
    settle(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    figure(page, "Lignes lues").wait_for()
    settle(page)


def figure(page: Page, label: str) -> Locator:
    """The value of a key figure."""
    metric = page.get_by_test_id("stMetric").filter(
        has=page.get_by_test_id("stMetricLabel").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
    )
    return metric.get_by_test_id("stMetricValue")


def said(page: Page, text: str | re.Pattern[str]) -> None:
    """Something was said, wherever on the page."""
    expect(page.get_by_text(text).first).to_be_visible()


def links_of_table(page: Page) -> list[str]:
    """The addresses that the lines of the tables lead to."""
    page.locator(".pilote-table").locator("a").first.wait_for()
    found: list[str] = (
        page.locator(".pilote-table")
        .locator("a")
        .evaluate_all("links => links.map(link => link.getAttribute('href'))")
    )
    return found


def unfold(page: Page, title: str) -> Locator:
    """Open an expander by its title, and return what is in it."""
    part = page.get_by_test_id("stExpander").filter(has=page.locator("summary", has_text=title))
    part.locator("summary").click()
    settle(page)
    return part


def audit_part(page: Page, part: str) -> None:
    """Turn to one part of the audit page."""
    page.get_by_test_id("stMain").get_by_role("radio", name=part, exact=True).click()
    settle(page)


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return found[0]


def invite(page: Page, name: str, login: str, role: str) -> str:
    """As administration: make an account and return its one-time link."""
    form = unfold(page, fr("Inviter une personne"))
    choose(page, fr("Rôle"), role, within=form)
    page.get_by_label(fr("Nom de la personne")).fill(name)
    form.get_by_label(re.compile("^Identifiant")).fill(login)
    page.get_by_role("button", name=fr("Inviter"), exact=True).click()
    link = page.get_by_test_id("stCode").filter(has_text="invitation=")
    link.wait_for()
    return re.sub(r"\s", "", link.inner_text())


def come_in_by_link(page: Page, link: str, passphrase: str) -> None:
    """Open a one-time link, choose a passphrase, and sign in with it and the identifier shown there."""
    page.goto(link)
    shown = page.get_by_text(re.compile("^Votre identifiant")).inner_text()
    login = shown.split(":")[-1].strip()
    page.get_by_label(fr("Phrase de passe"), exact=True).fill(passphrase)
    page.get_by_label(fr("Encore une fois"), exact=True).fill(passphrase)
    page.get_by_role("button", name=fr("Enregistrer"), exact=True).click()
    said(page, fr("Votre phrase de passe est enregistrée. Vous pouvez vous connecter."))
    type_credentials(page, login, passphrase)
    page.get_by_role("button", name=fr("Se connecter")).click()
    signed_in(page)
