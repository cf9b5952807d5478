"""Real PostgreSQL for the tests: one throw-away server, a template migrated once, a copy of it for each test."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, NullPool, create_engine, text

from lib import clock
from lib.access import Actor, Role
from lib.config import settings
from lib.db import embedded, migrate
from lib.db.engine import APP_ROLE, make_engine, use_engine
from lib.db.reading import forget_revision
from tests.browser import chromium, make_context, new_context

__all__ = ["chromium", "make_context", "new_context"]

TEMPLATE = "pilote_template"
FOLDER = "TESTS_SERVER_FOLDER"


def pytest_configure() -> None:
    """Choose one folder for the server of this run and all its workers, which inherit the environment.

    Not one of pytest's: as root the server runs as nobody, and the next run of pytest closes those to others.
    """
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="pilote-tests-")
        Path(os.environ[FOLDER]).chmod(0o755)


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that ask for the server are marked, so that `make check` can leave them to `make test`."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def server() -> Iterator[embedded.Server]:
    """One server for the whole run, all workers together; it writes nothing durably."""
    server = embedded.start(Path(os.environ[FOLDER]) / "postgres", fast=True)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template(server: embedded.Server) -> embedded.Server:
    """The server, with a migrated template database."""
    migrate.ensure_database(server.url(), TEMPLATE)
    migrate.upgrade(server.url(TEMPLATE))
    return server


@pytest.fixture
def database(template: embedded.Server) -> Iterator[URL]:
    """A database of this test alone, as the application's `lib.db`; yields the superuser's address of it."""
    name = f"test_{uuid4().hex[:12]}"
    _run(template.url(), f'create database "{name}" template {TEMPLATE} strategy file_copy')
    engine = make_engine(template.url(name, APP_ROLE))
    former = use_engine(engine)
    forget_revision()
    yield template.url(name)
    use_engine(former)
    engine.dispose()
    _run(template.url(), f'drop database "{name}" with (force)')


@pytest.fixture
def owner(database: URL) -> Iterator[Engine]:
    """The superuser's engine of the test's database: it arranges and looks behind the policies."""
    engine = create_engine(database, poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.fixture
def acting() -> Callable[..., Actor]:
    """Makes an actor of a role: `acting(Role.SITE_REFERENT, scope_id=3)`."""

    def make(role: Role = Role.COORDINATOR, scope_id: int | None = None, account_id: int = 1) -> Actor:
        return Actor(account_id=account_id, name=f"Personne {account_id}", role=role, scope_id=scope_id)

    return make


@pytest.fixture
def coordinator(acting: Callable[..., Actor]) -> Actor:
    return acting(Role.COORDINATOR)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for what an application started by a test writes."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def today() -> date:
    return clock.today()


@pytest.fixture
def demo(database: URL, home: Path, monkeypatch: pytest.MonkeyPatch, today: date) -> Iterator[URL]:
    """The test's database with the demonstration of the default size in it; keys are made in the test's folder."""
    from lib.manage.demo import fill

    monkeypatch.setenv("PILOTE_HOME", str(home))
    settings.cache_clear()
    fill(database, today)
    yield database
    settings.cache_clear()


def _run(url: URL, statement: str) -> None:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
