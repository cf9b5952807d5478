"""A pilot with two of everything, seen by each role as the application connects."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL

from lib.access import Actor, Role
from lib.access.grants import SCOPED
from lib.db import embedded
from lib.db.engine import APP_ROLE
from lib.db.identity import SIGNING_IN, Identity, begin_as, identity_of
from tests.conftest import TEMPLATE

SEED = Path(__file__).with_name("two_sites.sql")

PEOPLE = {
    role.value: identity_of(Actor(1, "Une", role, scope_id=1 if role in SCOPED else None)) for role in Role
}
NOBODY = Identity("pilote_staff")
EVERYBODY = {
    **PEOPLE,
    "signing in": SIGNING_IN,
    "respondent": Identity("pilote_respondent"),
    "nobody": NOBODY,
}


def plain(url: URL, user: str | None = None) -> str:
    """The address as psycopg takes it."""
    address = url.set(drivername="postgresql", username=user or url.username)
    return address.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def seeded(template: embedded.Server) -> Iterator[URL]:
    """One database for all these tests, for each undoes what it tries."""
    name = f"test_policies_{uuid4().hex[:8]}"
    with psycopg.connect(plain(template.url()), autocommit=True) as server:
        server.execute(f'create database "{name}" template {TEMPLATE} strategy file_copy')
        with psycopg.connect(plain(template.url(name))) as connection:
            connection.execute(SEED.read_bytes())
        yield template.url(name)
        server.execute(f'drop database "{name}" with (force)')


@pytest.fixture
def application(seeded: URL) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection of the application's own login."""
    with psycopg.connect(plain(seeded, APP_ROLE), autocommit=True) as connection:
        yield connection


@contextmanager
def undone(connection: psycopg.Connection[tuple[object, ...]], identity: Identity) -> Iterator[None]:
    """One transaction as this identity, of which nothing stays."""
    begin_as(connection, identity)
    try:
        yield
    finally:
        connection.execute("rollback")
