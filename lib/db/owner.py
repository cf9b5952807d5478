"""The owner's transaction: what installs and fills a database; it never serves a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from sqlalchemy import URL, NullPool, create_engine

from lib.db.reading import forget_revision


@contextmanager
def working_as_owner(url: URL | str) -> Iterator[psycopg.Connection[Any]]:
    """One transaction as the owner of the tables: committed at the end, rolled back on any exception."""
    engine = create_engine(
        url, poolclass=NullPool, connect_args={"prepare_threshold": None, "connect_timeout": 5}
    )
    try:
        with engine.begin() as connection:
            driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
            driver.execute("set local role pilote_owner")
            yield driver
    finally:
        forget_revision()
