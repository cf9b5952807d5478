"""Before serving: everything is made ready once, and a second start does nothing."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import URL, Engine, text

from lib.config import ConfigError, Settings
from lib.db import embedded
from lib.db.engine import APP_ROLE
from lib.db.migrate import SchemaBehind, head
from lib.db.probe import needed_version
from lib.manage.start import finish, prepare

Installed = Callable[..., Settings]
QUICK_SECONDS = 3.0


def address(url: URL, user: str) -> str:
    return url.set(username=user).render_as_string(hide_password=False)


def test_the_needed_version_is_that_of_the_migrations() -> None:
    assert needed_version() == head()


@pytest.mark.slow
def test_a_first_start_makes_the_demonstration_and_a_second_one_nothing(installed: Installed) -> None:
    chosen = installed(PILOTE_DEMO="1")
    first = prepare(chosen)
    finish()
    began = time.monotonic()
    second = prepare(chosen)
    seconds = time.monotonic() - began
    embedded.start(chosen.postgres_folder).stop()

    assert first == ["Pilote de démonstration\u00a0: 150 personnes et 13 sites inventés."]
    assert (second, seconds < QUICK_SECONDS) == ([], True)


@pytest.mark.slow
def test_a_real_start_prints_a_link_and_is_never_filled_with_inventions(installed: Installed) -> None:
    said, link = prepare(installed(), 8600)
    again = prepare(installed(PILOTE_DEMO="1"))
    embedded.start(installed().postgres_folder).stop()

    assert said.startswith("Personne ne peut encore se connecter")
    assert link.startswith("http://127.0.0.1:8600/?invitation=")
    assert again[0].startswith("Cette base contient déjà")


def test_a_given_database_that_is_ready_is_used_as_it_is(
    database: URL, owner: Engine, installed: Installed
) -> None:
    lines = prepare(
        installed(DATABASE_URL=address(database, APP_ROLE), PILOTE_PUBLIC_URL="https://pilote.example")
    )
    assert lines[1].startswith("https://pilote.example/?invitation=")
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from access.account")) == 1


def test_a_given_database_that_is_behind_says_what_to_run(
    database: URL, owner: Engine, installed: Installed
) -> None:
    with owner.begin() as connection:
        connection.execute(text("update pilot.alembic_version set version_num = '0000'"))
    with pytest.raises(SchemaBehind):
        prepare(installed(DATABASE_URL=address(database, APP_ROLE)))


def test_a_given_database_that_does_not_answer_is_said_to_be_away(installed: Installed) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        prepare(installed(DATABASE_URL="postgresql://pilote_app@127.0.0.1:1/pilote"))
