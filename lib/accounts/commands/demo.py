"""Whether this pilot is the demonstration, whose accounts are public on purpose."""

import psycopg

from lib.accounts.rules import DEMO_PASSPHRASE
from lib.db.engine import engine
from lib.db.identity import SIGNING_IN
from lib.db.refusals import connection_lost
from lib.db.wire import Statement, in_one_trip

_known_demos: set[int] = set()


def is_demo() -> bool:
    """A demonstration stays one, so the answer is asked for once per process."""
    here = id(engine())
    if here not in _known_demos:
        ((answer,),) = in_one_trip(engine(), SIGNING_IN, [Statement("select access.is_demo()", {})])[0]
        if not answer:
            return False
        _known_demos.add(here)
    return True


def demo_passphrase() -> str | None:
    """The passphrase that the sign-in page shows, in the demonstration only."""
    return DEMO_PASSPHRASE if is_demo() else None


def answers() -> bool:
    """Whether the database answers at this moment."""
    try:
        in_one_trip(engine(), SIGNING_IN, [Statement("select 1", {})])
    except psycopg.Error as error:
        if connection_lost(error):
            return False
        raise
    return True
