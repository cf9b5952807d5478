"""Sites as tests need them, and files previewed as the screen and the command line do."""

from datetime import date
from pathlib import Path

from lib.access import Actor
from lib.db import acting_as
from lib.sheets.importing import Importer, Saved, digest_of
from lib.sheets.preview import Preview, preview
from lib.sheets.source import open_file
from lib.sites.commands import CreateSite, MarkStep, SiteFacts, create_site, mark_step
from lib.sites.rules import Kind, Step

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = date(2026, 11, 20)


def facts(name: str = "CHU Les Tilleuls", **values: object) -> SiteFacts:
    known: dict[str, object] = {
        "kind": Kind.CHU,
        "region_code": "11",
        "department_code": "75",
        "city": "Paris",
    }
    return SiteFacts(name=name, **{**known, **values})  # type: ignore[arg-type]  # a test names its fields


def site_of(actor: Actor, name: str = "CHU Les Tilleuls", today: date = TODAY, **values: object) -> int:
    with acting_as(actor) as db:
        return create_site(db, actor, CreateSite(facts(name, **values)), today)


def tick_all(actor: Actor, site_id: int, version: int = 1, on: date = TODAY) -> int:
    """Do the whole checklist; returns the version after it."""
    for step in Step:
        with acting_as(actor) as db:
            mark_step(db, actor, MarkStep(site_id, version, step, on), on)
        version += 1
    return version


def previewed(actor: Actor, importer: Importer, name: str, content: bytes, today: date = TODAY) -> Preview:
    return preview(open_file(name, content), importer.sheet(actor, today, {}))


def brought_in(actor: Actor, importer: Importer, name: str, content: bytes, today: date = TODAY) -> Saved:
    seen = previewed(actor, importer, name, content, today)
    with acting_as(actor) as db:
        return importer.save(db, actor, seen, digest_of(content), today)
