"""Whether this pilot is the demonstration, whose accounts are public on purpose, and whether it answers."""

from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from lib.accounts.commands.door import ask, ask_one
from lib.accounts.rules import DEMO_PASSPHRASE
from lib.db.engine import engine
from lib.refusal import Refusal

_answers: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


def is_demo() -> bool:
    """A demonstration stays one and a real pilot too, so the database is asked once per process."""
    here = engine()
    if here not in _answers:
        _answers[here] = bool(ask_one("select access.is_demo()"))
    return _answers[here]


def demo_passphrase() -> str | None:
    """The passphrase that the sign-in page shows, in the demonstration only."""
    return DEMO_PASSPHRASE if is_demo() else None


def answers() -> bool:
    """Whether the database answers at this moment."""
    try:
        ask("select 1")
    except Refusal:
        return False
    return True
