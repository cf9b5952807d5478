"""A throw-away pilot of a given size: its folder, its server (nothing durable) and sessions for its viewers."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from lib.accounts.commands import fingerprint
from lib.accounts.rules import COOKIE
from lib.config import PROJECT
from lib.db import embedded

DATABASE = "pilote"
LOGINS = {"coordinator": "coordination@demo", "site_referent": "site@demo"}


@dataclass
class Ground:
    """The pilot to measure on; `filled_seconds` and `filled_mb` tell what filling it took."""

    home: Path
    server: embedded.Server
    people: int
    filled_seconds: float = 0.0
    filled_mb: float = 0.0

    @property
    def socket(self) -> Path:
        return self.server.socket / ".s.PGSQL.5432"

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows as the superuser sees them, behind every policy."""
        with self.connect() as connection:
            cursor = connection.execute(sql.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(
            host=str(self.server.socket), port=5432, user="postgres", dbname=DATABASE, autocommit=True
        )

    def cookie(self, role: str = "coordinator") -> str:
        """The Cookie header of a new session of a demonstration account."""
        token = secrets.token_urlsafe(32)
        self.ask(
            "insert into access.session (account_id, token_hash, ticket_expires_at, expires_at) "
            "select id, %s, now(), now() + interval '8 hours' from access.account where login = %s",
            fingerprint(token),
            LOGINS[role],
        )
        return f"{COOKIE}={token}"


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment without what could point the product at another place."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("PILOTE", "DATABASE", "MIGRATION", "STREAMLIT"))
    }
    return kept | settings


def manage(home: Path, *arguments: str) -> tuple[float, float, str]:
    """Run a command of lib.manage; seconds, peak megabytes and what it printed."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "lib.manage", *arguments],
        cwd=PROJECT,
        env=clean_environment(PILOTE_HOME=str(home)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"lib.manage {' '.join(arguments)}: status {process.returncode}\n{printed}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, printed


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that the embedded server may enter even when root measures; gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="pilote-bench-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def seeded(people: int) -> Iterator[Ground]:
    """A pilot with this many people, filled by the product's own command, and vacuumed as autovacuum would."""
    with folder() as home:
        server = embedded.start(home / "postgres", fast=True)
        try:
            seconds, megabytes, _told = manage(home, "demo", "--beneficiaries", str(people))
            ground = Ground(home, server, people, seconds, megabytes)
            ground.ask("vacuum analyze")
            yield ground
        finally:
            server.stop(force=True)
