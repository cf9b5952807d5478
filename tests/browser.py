"""Chromium for all tests that need one: a process can hold only one Playwright at a time."""

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

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


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    executable = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def make_context(chromium: "Browser") -> "Callable[..., BrowserContext]":
    """Makes a separate browser; whoever makes it closes it."""

    def make(width: int = 1280, height: int = 900, dark: bool = False) -> "BrowserContext":
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
def new_context(
    make_context: "Callable[..., BrowserContext]",
) -> "Iterator[Callable[..., BrowserContext]]":
    """Makes separate browsers of one test: `new_context(width=390, dark=True)`."""
    opened: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 900, dark: bool = False) -> "BrowserContext":
        opened.append(make_context(width, height, dark))
        return opened[-1]

    yield make
    for context in opened:
        context.close()
