"""The application as it is started for real, and a real Chromium in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lib.accounts.rules import DEMO_PASSPHRASE
from lib.config import PROJECT

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


@dataclass
class App:
    """A running application: its address, its folder and its process."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start_app(home: Path, demo: bool = True, **settings: str) -> App:
    """Start the application as `make run` does (`make start` without the demonstration); returns once healthy."""
    port = free_port()
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("PILOTE", "DATABASE", "STREAMLIT"))
    }
    environment |= {"PILOTE_HOME": str(home), "PILOTE_DEMO": "1" if demo else "0", **settings}
    with (home / "output.txt").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "Home.py", "--server.port", str(port)],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    app = App(f"http://127.0.0.1:{port}", home, process)
    wait_until(lambda: _healthy(app), 90, lambda: (home / "output.txt").read_text(errors="replace")[-3000:])
    return app


def _healthy(app: App) -> bool:
    if app.process.poll() is not None:
        raise AssertionError((app.home / "output.txt").read_text(errors="replace")[-3000:])
    try:
        with urllib.request.urlopen(f"{app.url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_until(done: Callable[[], bool], seconds: float, story: Callable[[], str] = lambda: "") -> None:
    """Wait for a condition, never for a time."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s. {story()}")
        time.sleep(0.05)


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes separate browsers: `new_context(width=390, dark=True)`."""
    opened: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 900, dark: bool = False) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def browser_page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


def settle(page: Page) -> None:
    """Wait until the script of the page has run and nothing is still a skeleton."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.wait_for_function("document.querySelectorAll('[data-testid=stSkeleton]').length === 0")


def sign_in(
    page: Page, app: App, login: str = "coordination@demo", path: str = "/", password: str = DEMO_PASSPHRASE
) -> None:
    """Sign in as a person does: type, press Enter, and be on the page that was asked for."""
    page.goto(app.url + path)
    page.get_by_label("Identifiant", exact=True).fill(login)
    page.get_by_label("Phrase de passe", exact=True).fill(password)
    page.get_by_label("Phrase de passe", exact=True).press("Enter")
    page.get_by_role("button", name="Se déconnecter").wait_for()
    settle(page)
