"""The application as it is started for real, and a real Chromium in front of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.application import App, start_app
from tests.journeys.gestures import session_cookies, settle, sign_in

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one server and one browser, so they stay in one worker."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def opened_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the embedded server may enter when the tests run as root."""
    base = tmp_path_factory.mktemp("journeys")
    for folder in (base, base.parent, base.parent.parent):
        folder.chmod(0o755)
    return base


@pytest.fixture(scope="session")
def app(opened_base: Path) -> Iterator[App]:
    """The demonstration pilot, shared by the journeys that do not mind each other."""
    home = opened_base / "demonstration"
    home.mkdir()
    running = start_app(home)
    yield running
    running.stop()


@pytest.fixture
def empty_app(opened_base: Path) -> Iterator[App]:
    """A pilot for real use, before anybody came in: its terminal shows the one-time link."""
    home = opened_base / "empty"
    home.mkdir()
    running = start_app(home, demo=False)
    yield running
    running.stop()


@pytest.fixture
def cold_app(opened_base: Path) -> Iterator[App]:
    """The demonstration just started: nobody has asked this process for anything but its health."""
    home = opened_base / "cold"
    home.mkdir(exist_ok=True)
    running = start_app(home)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def make_context(chromium: Browser) -> Callable[..., BrowserContext]:
    """Makes a separate browser; whoever makes it closes it."""

    def make(width: int = 1280, height: int = 900, dark: bool = False) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        context.set_default_timeout(20_000)
        return context

    return make


@pytest.fixture
def new_context(make_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., BrowserContext]]:
    """Makes separate browsers of one test: `new_context(width=390, dark=True)`."""
    opened: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 900, dark: bool = False) -> BrowserContext:
        opened.append(make_context(width, height, dark))
        return opened[-1]

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def browser_page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


@pytest.fixture(scope="session")
def known_cookies() -> dict[str, list[dict[str, object]]]:
    """The session's cookie of each demonstration account that came in once."""
    return {}


@pytest.fixture
def enter(
    app: App,
    new_context: Callable[..., BrowserContext],
    known_cookies: dict[str, list[dict[str, object]]],
) -> Callable[..., Page]:
    """A browser in which somebody is signed in already: `enter("site@demo", "/orienter", width=390)`."""

    def open_page(login: str = "coordination@demo", path: str = "/", **look: object) -> Page:
        context = new_context(**look)
        page = context.new_page()
        if login in known_cookies:
            context.add_cookies(known_cookies[login])
            page.goto(app.url + path)
            page.get_by_role("button", name="Se déconnecter").wait_for()
            settle(page)
        else:
            sign_in(page, app, login, path)
            known_cookies[login] = session_cookies(context)
        return page

    return open_page
