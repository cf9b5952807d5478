"""Statements of one transaction sent together and answered together: one round trip, however many there are."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, cast

import psycopg
from sqlalchemy import Engine

from lib.db.identity import BECOME, Identity, settings_of
from lib.db.patience import for_a_trifle, refuse_while_silent


@dataclass(frozen=True)
class Statement:
    """SQL with `%(name)s` places and their values."""

    sql: str
    values: Mapping[str, Any]


def in_one_trip(
    engine: Engine,
    identity: Identity,
    statements: Sequence[Statement],
    *,
    write: bool = False,
    trifle: bool = False,
) -> list[list[tuple[Any, ...]]]:
    """Run the statements as this identity in one transaction and return the rows of each.

    Reading is done in one snapshot. A `trifle` takes a server no time, so that its silence is noticed sooner.
    Raises psycopg.Error; a connection in doubt is never given back to the pool.
    """
    mode = "begin" if write else "begin isolation level repeatable read read only"
    refuse_while_silent()
    pooled = engine.raw_connection()
    try:
        connection = cast("psycopg.Connection[Any]", pooled.driver_connection)
        with for_a_trifle(connection) if trifle else nullcontext(), connection.pipeline():
            connection.execute(mode)
            connection.execute(BECOME, settings_of(identity))
            cursors = [connection.execute(one.sql.encode(), one.values) for one in statements]
            connection.execute("commit")
        answers = [cursor.fetchall() if cursor.description else [] for cursor in cursors]
    except BaseException:
        pooled.invalidate()
        raise
    finally:
        pooled.close()
    return answers
