"""Every page as every role sees it, light on a desk and dark on a phone: readable, French, and of one width."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from lib.access import GRANTS, Role
from lib.ui.navigation import ENTRIES
from lib.ui.signin import DEMO_LOGINS
from tests.journeys.application import App
from tests.journeys.gestures import settle, sign_in, sign_out_button

LOGINS = {role: login for login, role in DEMO_LOGINS}
SEEN = [
    pytest.param(role, entry.url, id=f"{role.value}-{entry.url or 'accueil'}")
    for role in Role
    for entry in ENTRIES
    if entry.permission in GRANTS[role]
]
DESK, PHONE = (1280, "light"), (390, "dark")
LISTED_ON = {"personne": "personnes", "site": "sites"}
ENGLISH = ("Choose an option", "Choose options", "Browse files", "Drag and drop", "Press Enter", "No results")

STREAMLITS_OWN = {
    "presentation-role-conflict": ("stFileUploader", "Streamlit's drop zone carries words that a role hides"),
}
"""Rules that Streamlit's own widgets break: where in the page, and what it is."""


class Watched:
    """A browser tab of one role, with what its console complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.records: dict[str, str] = {}
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._console(message.type, message.text))

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and ("Content Security Policy" in text or "Refused to" in text):
            self.complaints.append(text)


@pytest.fixture(scope="module")
def tabs(app: App, make_context: Callable[..., BrowserContext]) -> Iterator[Callable[[Role], Watched]]:
    """One signed-in tab for each role, kept for all its pages."""
    known: dict[Role, Watched] = {}

    def tab(role: Role) -> Watched:
        if role not in known:
            known[role] = Watched(make_context().new_page())
            sign_in(known[role].page, app, LOGINS[role])
        known[role].complaints.clear()
        return known[role]

    yield tab
    for watched in known.values():
        watched.page.context.close()


def address(app: App, tab: Watched, url: str) -> str:
    """Pages of one record are opened on the first that this role sees."""
    if url not in LISTED_ON:
        return f"{app.url}/{url}"
    if url not in tab.records:
        tab.page.goto(f"{app.url}/{LISTED_ON[url]}")
        first = tab.page.get_by_role("table").first.locator("a").first
        tab.records[url] = app.url + (first.get_attribute("href") or "")
    return tab.records[url]


@pytest.mark.parametrize(("role", "url"), SEEN)
def test_a_page_reads_well(app: App, tabs: Callable[[Role], Watched], role: Role, url: str) -> None:
    tab = tabs(role)
    opened = address(app, tab, url)
    _looks_like(tab.page, *DESK)
    tab.page.goto(opened)
    sign_out_button(tab.page).wait_for()
    _is_good(tab)
    _looks_like(tab.page, *PHONE)
    _is_good(tab)


@pytest.mark.parametrize("path", ["", "?invitation=perdu"])
def test_the_door_reads_well(app: App, new_context: Callable[..., BrowserContext], path: str) -> None:
    tab = Watched(new_context().new_page())
    for look in (DESK, PHONE):
        _looks_like(tab.page, *look)
        tab.page.goto(f"{app.url}/{path}")
        _is_good(tab)


def _looks_like(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.mouse.move(0, 0)


def _is_good(tab: Watched) -> None:
    tab.page.get_by_role("heading", level=1).first.wait_for()
    settle(tab.page)
    for chart in tab.page.get_by_test_id("stVegaLiteChart").all():
        expect(chart.locator("svg").first).to_be_visible()
    assert problems(tab.page) == []
    assert tab.complaints == []


def problems(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    found = []
    if page.locator("html").get_attribute("lang") != "fr":
        found.append("the page does not say that it is French")
    for box in ("html", "[data-testid=stMain]"):
        beyond = page.locator(box).evaluate("box => box.scrollWidth - box.clientWidth")
        if beyond > 0:
            found.append(f"{box} is {beyond} px wider than the screen")
    text = page.locator("body").inner_text()
    found += [f"English: {words}" for words in ENGLISH if words in text]
    return found + _axe(page)


def _axe(page: Page) -> list[str]:
    found = []
    for rule in Axe().run(page).response["violations"]:
        place, _reason = STREAMLITS_OWN.get(rule["id"], ("", ""))
        for node in rule["nodes"]:
            selector = " ".join(map(str, node["target"]))
            if not place or place not in selector + node["html"]:
                found.append(f"{rule['id']}: {selector}: {node['failureSummary']}")
    return found
