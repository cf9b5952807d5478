"""A look at a database from outside: does it answer, which version is it, who are we there."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from lib.config import PROJECT
from lib.db.identity import SIGNING_IN
from lib.db.wire import Statement, in_one_trip
from lib.refusal import DatabaseAway

VERSIONS = PROJECT / "data" / "migrations" / "versions"
ABOUT = """
select
    current_setting('server_version_num')::int, current_user::text, r.rolsuper, r.rolbypassrls,
    exists (
        select from pg_catalog.pg_namespace n
        where n.nspname in ('pilot', 'vault', 'pub', 'audit', 'access') and n.nspowner = r.oid
    ) or exists (
        select from pg_catalog.pg_auth_members m
        where m.member = r.oid and m.roleid = (select o.oid from pg_catalog.pg_roles o where o.rolname = 'pilote_owner')
    ),
    clock_timestamp()
from pg_catalog.pg_roles r
where r.rolname = current_user
"""


@dataclass(frozen=True)
class Look:
    """What the server says of itself and of the role that the application connects as."""

    server_version: int
    role: str
    superuser: bool
    bypasses_policies: bool
    owns: bool
    now: datetime

    @property
    def major(self) -> int:
        return self.server_version // 10_000


def look(engine: Engine) -> Look:
    """Connect and ask; raises what the driver raises when there is no answer."""
    pooled = engine.raw_connection()
    try:
        row = pooled.driver_connection.execute(ABOUT).fetchone()  # type: ignore[union-attr]  # pooled just now
    finally:
        pooled.close()
    return Look(*row)


def check_reachable(engine: Engine) -> None:
    """Raise DatabaseAway when nobody answers at this address."""
    try:
        look(engine)
    except (psycopg.Error, DBAPIError) as error:
        raise DatabaseAway from error


@dataclass(frozen=True)
class Standing:
    """Which version the schema has, and whether this is the demonstration."""

    version: str
    demo: bool


def standing(engine: Engine) -> Standing | None:
    """One round trip; None where there is no schema of ours, or none that the application may look at."""
    asked = [
        Statement("select version_num from pilot.alembic_version", {}),
        Statement("select access.is_demo()", {}),
    ]
    try:
        versions, ((demo,),) = in_one_trip(engine, SIGNING_IN, asked)
    except (psycopg.Error, DBAPIError):
        return None
    return Standing(versions[0][0], bool(demo)) if versions else None


def needed_version() -> str:
    """The newest revision by the names of the files: dearer libraries are loaded only to migrate."""
    return max(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
