"""Part 3: what a person sees in a real Chromium, in turn with an empty and a naive Streamlit page."""

import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.bench.ground import Ground
from tests.bench.screens import HOME, PEOPLE, RECRUITMENT, Screen
from tests.bench.servers import Served

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
STILL_MS = 400
FOLD = "Filtrer"
SECONDS, ACTION_SECONDS = 60, 20
PAINTED = Path(__file__).with_name("painted.js").read_text(encoding="utf-8")
Times = dict[str, list[float]]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own."""
    executable = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        yield browser
        browser.close()


def context_of(browser: Browser, server: Served, cookie: str) -> BrowserContext:
    """A browser of its own, signed in by its cookie."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", timezone_id="Europe/Paris"
    )
    context.set_default_timeout(ACTION_SECONDS * 1000)
    context.add_init_script(PAINTED)
    if cookie:
        name, _is, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return context


def view(page: Page, address: str) -> float:
    """Milliseconds from asking for an address to its last paint."""
    page.goto(address)
    return _painted(page, since_action=False)


def wait_for(page: Page, condition: str) -> None:
    """Ask until it holds; Playwright's own way needs an eval that our content security policy refuses."""
    end = time.monotonic() + SECONDS
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise TimeoutError(f"{page.url}: {condition} not within {SECONDS} s")
        page.wait_for_timeout(20)


def _painted(page: Page, since_action: bool = True) -> float:
    wait_for(page, f"window.bench.settled({STILL_MS})")
    seen = page.evaluate("window.bench")
    return float(seen["painted"] - (seen["acted"] if since_action else 0))


def change(page: Page, label: str, option: int) -> float:
    """Choose another option of a select box; milliseconds from the choice to the last paint."""
    box = page.get_by_role("combobox", name=label, exact=True).first
    if not box.is_visible():
        page.get_by_text(FOLD, exact=True).click()
    offered = page.get_by_role("option").nth(option)
    for _attempt in range(3):
        box.click()
        try:
            offered.hover(timeout=4_000)
        except Error:
            page.keyboard.press("Escape")
        else:
            break
    page.keyboard.press("Enter")
    return _painted(page)


def _visits(server: Served, screens: tuple[Screen, ...]) -> list[tuple[str, str, str]]:
    """What to open on a server: name, address, filter."""
    if server.name != "product":
        return [(server.name, server.url, "Vague")]
    return [(screen.name, f"{server.url}/{screen.path}", screen.filter) for screen in screens]


def views(
    browser: Browser, ground: Ground, servers: tuple[Served, ...], rounds: int, missed: list[str]
) -> tuple[Times, Times]:
    """Warm views and updates, all pages in turn in each round; processor time of each view beside."""
    times: Times = defaultdict(list)
    cpu: Times = defaultdict(list)
    pages = [
        (server, context_of(browser, server, ground.cookie()).new_page(), *visit)
        for server in servers
        for visit in _visits(server, (HOME, RECRUITMENT, PEOPLE))
    ]
    for _server, page, _name, address, _label in pages:
        view(page, address)
    for turn in range(rounds):
        for server, page, name, address, label in pages:
            before = server.cpu()
            times[f"{name} view"].append(view(page, address))
            cpu[f"{name} view"].append((server.cpu() - before) * 1000)
            if label:
                before = server.cpu()
                try:
                    times[f"{name} update"].append(change(page, label, 1 + turn % 2))
                except Error as error:
                    missed.append(f"{name} update: {error.message[:300]}")
                    continue
                cpu[f"{name} update"].append((server.cpu() - before) * 1000)
    for _server, page, *_rest in pages:
        page.context.close()
    return times, cpu


def find_and_open(page: Page, server: Served, code: str) -> float:
    """Type a code in the list and open that person; only the product's own time counts."""
    view(page, f"{server.url}/{PEOPLE.path}")
    field = page.get_by_role("searchbox", name="Code")
    field.fill(code)
    field.press("Enter")
    found = _painted(page)
    page.get_by_role("link", name=code).click()
    page.get_by_role("heading", name=code).wait_for()
    return found + _painted(page)


def decide(page: Page, server: Served, code: str) -> float:
    """Begin the check of somebody's eligibility; from the click to the new state on screen."""
    view(page, f"{server.url}/personne?code={code}")
    page.get_by_text("Commencer à vérifier l’éligibilité").click()
    page.get_by_role("button", name="Enregistrer cette étape").wait_for()
    _painted(page)
    page.evaluate(
        """() => {
          const told = new MutationObserver(() => {
            if (document.querySelector('[data-testid=stToast]') && !window.bench.told)
              requestAnimationFrame(() => { window.bench.told = performance.now(); });
          });
          told.observe(document, {subtree: true, childList: true});
        }"""
    )
    page.get_by_role("button", name="Enregistrer cette étape").click()
    wait_for(page, "window.bench.told || 0")
    return float(page.evaluate("window.bench.told - window.bench.acted"))


def first_visit(browser: Browser, server: Served, cookie: str, path: str) -> tuple[float, float]:
    """Milliseconds and megabytes over the network for a browser that has nothing yet."""
    context = context_of(browser, server, cookie)
    page = context.new_page()
    received = [0.0]
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")

    def note(event: dict[str, Any]) -> None:
        received[0] += float(event["encodedDataLength"])

    devtools.on("Network.loadingFinished", note)
    took = view(page, f"{server.url}/{path}")
    context.close()
    return took, received[0] / 1e6


def journeys(browser: Browser, ground: Ground, server: Served, rounds: int, missed: list[str]) -> Times:
    """Find and open, decide, first visit: the paths beyond looking."""
    times: Times = defaultdict(list)
    page = context_of(browser, server, ground.cookie()).new_page()
    waiting = "select code from pilot.beneficiary where state = 'identified' order by id limit %s"
    anybody = "select code from pilot.beneficiary order by sha256(code::bytea) limit %s"
    steps: tuple[tuple[str, str, Callable[[Page, Served, str], float]], ...] = (
        ("find and open", anybody, find_and_open),
        ("decide", waiting, decide),
    )
    for name, people, step in steps:
        for n, (code,) in enumerate(ground.ask(people, rounds + 1)):
            try:
                took = step(page, server, code)
            except (Error, TimeoutError) as error:
                missed.append(f"{name} {code}: {str(error)[:300]}")
                continue
            times[name] += [took] if n else []
    page.context.close()
    for screen in (HOME, RECRUITMENT):
        took, megabytes = first_visit(browser, server, ground.cookie(), screen.path)
        times[f"{screen.name} first visit"].append(took)
        times[f"{screen.name} first visit MB"].append(megabytes)
    return times


def told(times: Times) -> dict[str, dict[str, float]]:
    """Median and range of each."""
    return {
        name: {
            "median": round(statistics.median(values), 2),
            "min": round(min(values), 2),
            "max": round(max(values), 2),
            "n": len(values),
        }
        for name, values in times.items()
        if values
    }


def measure(ground: Ground, servers: tuple[Served, ...], rounds: int) -> dict[str, Any]:
    """All of part 3 on one pilot; the product is the server of that name."""
    missed: list[str] = []
    product = next(server for server in servers if server.name == "product")
    with chromium() as browser:
        times, cpu = views(browser, ground, servers, rounds, missed)
        beyond = journeys(browser, ground, product, rounds, missed)
    return {"times": told(times), "cpu": told(cpu), "journeys": told(beyond), "missed": missed}
