"""The sign-in functions of the database, called as the role that may run them and read nothing."""

from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from lib.db.engine import engine, mended
from lib.db.identity import SIGNING_IN, Identity
from lib.db.refusals import refusal_of
from lib.db.wire import Statement, in_one_trip


def ask(sql: str, identity: Identity = SIGNING_IN, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of one statement, in one round trip.

    A connection found dead is replaced once: each of these functions may be run twice without harm.
    Raises DatabaseAway when the database does not answer.
    """
    for attempt in (1, 2):
        try:
            (rows,) = in_one_trip(engine(), identity, [Statement(sql, values)], write=True, trifle=True)
        except (psycopg.Error, SQLAlchemyError) as error:
            if attempt == 1 and mended(error):
                continue
            raise (refusal_of(error) or error) from error
        return rows
    raise AssertionError("unreachable")


def ask_one(sql: str, identity: Identity = SIGNING_IN, **values: Any) -> Any:
    """The one value of a function's answer, or None."""
    rows = ask(sql, identity, **values)
    return rows[0][0] if rows else None
