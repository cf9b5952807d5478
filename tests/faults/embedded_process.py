"""One process that uses an embedded server as a test tells it: embedded_process.py VERB DATA [ACCOUNT]."""

import itertools
import os
import sys
from pathlib import Path

import sqlalchemy as sa

from lib.db import embedded

CROWD = 20
REFUSED = 3


def say(something: object) -> None:
    """Say a line in one piece: twenty processes may speak at once."""
    sys.stdout.write(f"{something}\n")
    sys.stdout.flush()


def hold(database: sa.Connection) -> None:
    """Say which server answers, then keep it until the test closes our input."""
    say(database.scalar(sa.text("select pg_postmaster_start_time()")))
    sys.stdin.read()


def query(database: sa.Connection) -> None:
    """Say which server answers, then leave."""
    say(database.scalar(sa.text("select pg_postmaster_start_time()")))


def write(database: sa.Connection) -> None:
    """Commit row after row, and say each number once the server acknowledged it."""
    database.execute(sa.text("create table if not exists acknowledged (number int primary key)"))
    first = database.scalar(sa.text("select coalesce(max(number) + 1, 0) from acknowledged"))
    for number in itertools.count(first or 0):
        database.execute(sa.text("insert into acknowledged values (:number)"), {"number": number})
        say(number)


def rows(database: sa.Connection) -> None:
    """Say how many rows there are, without a gap."""
    say(database.scalar(sa.text("select count(*) from acknowledged")))


def become(uid: int) -> None:
    """Turn from root into an ordinary account, with all imported: it may be unable to read this Python."""
    sa.create_engine("postgresql+psycopg://")
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)


def multiply(count: int) -> None:
    """Become that many processes that start the server at the same moment; the first one waits for them."""
    for _ in range(count):
        if os.fork() == 0:
            return
    statuses = [os.wait()[1] for _ in range(count)]
    sys.exit(any(statuses))


def main() -> None:
    """Do what the test asks, or print the refusal."""
    name, data, *account = sys.argv[1:]
    verb = {"hold": hold, "query": query, "crowd": hold, "write": write, "rows": rows}[name]
    if account:
        become(int(account[0]))
    if name == "crowd":
        multiply(CROWD)
    try:
        server = embedded.start(Path(data), fast=verb in (hold, query))
    except embedded.EmbeddedError as refusal:
        say(refusal)
        sys.exit(REFUSED)
    engine = sa.create_engine(server.url(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as database:
        verb(database)


if __name__ == "__main__":
    main()
