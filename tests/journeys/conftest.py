"""The application as it is started for real, and a real Chromium in front of it."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.application import App, start_app
from tests.journeys.gestures import session_cookies, settle, sign_in, sign_out_button


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one server and one browser, so they stay in one worker."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def opened_base() -> Iterator[Path]:
    """A folder that the embedded server may enter when the tests run as root.

    Not one of pytest's, whose next run closes the folders that all its runs share.
    """
    with tempfile.TemporaryDirectory(prefix="pilote-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


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
            sign_out_button(page).wait_for()
            settle(page)
        else:
            sign_in(page, app, login, path)
            known_cookies[login] = session_cookies(context)
        return page

    return open_page
