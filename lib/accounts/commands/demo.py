"""Whether this pilot is the demonstration, whose accounts are public on purpose."""

from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy import Engine

from lib.accounts.rules import DEMO_PASSPHRASE
from lib.db.engine import engine
from lib.db.identity import SIGNING_IN
from lib.db.refusals import connection_lost
from lib.db.wire import Statement, in_one_trip

_answers: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


def is_demo() -> bool:
    """A demonstration stays one and a real pilot too, so the answer is asked for once per process."""
    here = engine()
    if here not in _answers:
        ((answer,),) = in_one_trip(here, SIGNING_IN, [Statement("select access.is_demo()", {})])[0]
        _answers[here] = bool(answer)
    return _answers[here]


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
