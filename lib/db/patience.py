"""How long a silent server is waited for: one that is paused keeps its connections open and never answers.

Who waited in vain says so for the whole process: for a moment the others are refused at once, then they wait
less, until the server answers again. Without this, every person would wait at every click.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

T = TypeVar("T")
CONNECTING = 5
TRIFLE = 8.0
ANYTHING = 25.0
"""Longer than the server's own limit (statement_timeout), which stops what is merely slow."""
SUSPECTED = 3.0
BETWEEN_TRIES = 2.0


class Silent(psycopg.OperationalError):
    """The server was given its time and said nothing."""


class _Silence:
    """When the server was last found silent; None while it answers."""

    since: float | None = None


def forget_silence() -> None:
    """Another server is used from now on."""
    _Silence.since = None


def refuse_while_silent() -> None:
    """Raise at once when somebody has just waited in vain."""
    since = _Silence.since
    if since is not None and time.monotonic() - since < BETWEEN_TRIES:
        raise Silent("no answer a moment ago")


class PatientConnection(psycopg.Connection[Any]):
    """A connection that gives a server up which does not answer in time; it is closed then."""

    patience: float = ANYTHING

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Do what psycopg does, for a limited time."""
        limit = timeout or (self.patience if _Silence.since is None else min(self.patience, SUSPECTED))
        begun = time.monotonic()
        try:
            answer = super().wait(gen, interval, limit)
        except psycopg.OperationalError as error:
            if time.monotonic() - begun < limit or error.sqlstate is not None:
                raise
            _Silence.since = time.monotonic()
            self.close()
            raise Silent("no answer in time") from error
        _Silence.since = None
        return answer


@contextmanager
def for_a_trifle(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """What is asked here takes a server no time, so that silence is noticed sooner."""
    if not isinstance(connection, PatientConnection):
        yield
        return
    before, connection.patience = connection.patience, TRIFLE
    try:
        yield
    finally:
        connection.patience = before


def connect(*arguments: Any, **options: Any) -> PatientConnection:
    """Open a connection; a server that is there and does not say hello is silent too."""
    refuse_while_silent()
    try:
        return PatientConnection.connect(*arguments, **options)
    except psycopg.errors.ConnectionTimeout as error:
        _Silence.since = time.monotonic()
        raise Silent("no answer in time") from error
