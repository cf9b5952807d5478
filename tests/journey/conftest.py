"""Ground for the tests of people: sites, keys of their own, somebody oriented."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from lib import config
from lib.access import Actor
from lib.db import acting_as
from lib.journey import commands
from lib.journey.commands import OrientPerson, Written
from lib.sheets.text import key
from lib.sites.models import Site
from lib.sites.rules import Kind

TODAY = date(2026, 11, 23)
SITES = (
    "CHU Les Tilleuls",
    "CLCC Sainte-Odile",
    "CH du Fleuve",
    "Clinique des Deux-Rives",
    "ESPIC Belle-Île",
    "Association Arc-en-ciel",
    "Institut Grand-Large",
    "CHU Cœur de ville",
    "CLCC Hautes-Terres",
    "CH du Parc",
    "Clinique de l’Étoile",
)


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings with a key file of this test alone; the file."""
    chosen = replace(config.settings(), home=tmp_path / "home", identity_keys=None)
    monkeypatch.setattr(config, "settings", lambda: chosen)
    monkeypatch.setattr("lib.journey.commands.sealing.settings", lambda: chosen)
    return chosen.key_file


@pytest.fixture
def sites(database: object, owner: Engine) -> dict[str, int]:
    """The sites of the sample, by name."""
    rows = [
        {"name": name, "name_key": key(name), "kind": Kind.CH, "region_code": "11" if place % 2 else "84"}
        for place, name in enumerate(SITES)
    ]
    with owner.begin() as connection:
        connection.execute(insert(Site), rows)
        return {name: number for number, name in connection.execute(select(Site.id, Site.name))}


@pytest.fixture
def orient(sites: dict[str, int], keys: Path, coordinator: Actor) -> Callable[..., Written]:
    """Orients somebody as coordination, on 2 November 2026 from the first site unless told otherwise."""

    def make(actor: Actor = coordinator, **facts: object) -> Written:
        asked = {"site_id": sites["CH du Parc"], "referred_on": date(2026, 11, 2), **facts}
        with acting_as(actor) as db:
            return commands.orient_person(db, actor, OrientPerson(**asked), TODAY)  # type: ignore[arg-type]  # test data

    return make
