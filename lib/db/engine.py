"""The one engine of the process, and `acting_as`: one transaction of one person."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, insert
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from lib.access import Actor
from lib.config import Settings, settings
from lib.db.identity import Identity, begin_as, identity_of
from lib.db.patience import CONNECTING, Silent, connect, for_a_trifle, forget_silence, refuse_while_silent
from lib.db.refusals import refusal_of, worth_another_try
from lib.db.tables import Submission
from lib.refusal import AlreadyDone, Refusal

APP_ROLE = "pilote_app"
EMBEDDED_DATABASE = "pilote"


def make_engine(url: URL | str, revive: Callable[[], object] | None = None) -> Engine:
    """An engine that works through a transaction pooler; `revive` restarts an embedded server that was killed."""
    engine = create_engine(
        url,
        connect_args={"prepare_threshold": None, "connect_timeout": CONNECTING},
        use_native_hstore=False,
        pool_size=5,
        max_overflow=5,
        pool_timeout=10,
    )

    event.listen(engine, "connect", _let_us_say_begin)
    event.listen(engine, "begin", _begin)

    @event.listens_for(engine, "do_connect")
    def connect_or_revive(_dialect, _record, arguments, options):  # type: ignore[no-untyped-def]  # SQLAlchemy hook
        try:
            return connect(*arguments, **options)
        except Silent:
            raise
        except psycopg.OperationalError:
            if revive is None:
                raise
            _revived(revive)
            return connect(*arguments, **options)

    return engine


def _let_us_say_begin(connection: psycopg.Connection[object], _record: object) -> None:
    connection.autocommit = True


def _begin(connection: Connection) -> None:
    identity: Identity = connection.get_execution_options()["identity"]
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with for_a_trifle(driver):
        begin_as(driver, identity)


def _revived(revive: Callable[[], object]) -> None:
    """An embedded server that cannot come back now is a database that is away, to whoever uses the application."""
    try:
        revive()
    except Refusal as refusal:
        raise psycopg.OperationalError("the embedded server did not come back") from refusal


class _Current:
    """The engine in use; tests and the command line may put another in its place."""

    engine: Engine | None = None
    number: int = 0
    lock = threading.Lock()


def engine_of(chosen: Settings) -> Engine:
    """The application's engine: the given database, else the embedded one, started if need be."""
    if chosen.database_url:
        return make_engine(chosen.database_url)
    from lib.db import embedded  # nothing embedded is imported where a database address is given

    server = embedded.start(chosen.postgres_folder)
    return make_engine(server.url(EMBEDDED_DATABASE, APP_ROLE), revive=server.revive)


def engine() -> Engine:
    with _Current.lock:
        if _Current.engine is None:
            _Current.engine = engine_of(settings())
        return _Current.engine


def engine_number() -> int:
    """Another number for each engine put in place: what was read through one is never taken for another's."""
    return _Current.number


def use_engine(replacement: Engine | None) -> Engine | None:
    """Put another engine in place (None: the one of the settings); returns the former one."""
    with _Current.lock:
        former, _Current.engine = _Current.engine, replacement
        _Current.number += 1
        forget_silence()
        return former


def mended(error: BaseException) -> bool:
    """Whether to try once more: a connection was found dead, and those that died with it are given up as well."""
    if not worth_another_try(error):
        return False
    engine().dispose()
    return True


def _connect(identity: Identity) -> Connection:
    """A connection whose transaction has begun; a dead pooled connection is replaced once, for nothing was said."""
    for attempt in (1, 2):
        refuse_while_silent()
        connection = engine().connect().execution_options(identity=identity)
        try:
            connection.begin()
        except Exception as error:
            connection.invalidate()
            connection.close()
            if attempt == 2 or not mended(error):
                raise
        else:
            return connection
    raise AssertionError("unreachable")


def _note_submission(session: Session, actor: Actor, nonce: str) -> None:
    try:
        session.execute(insert(Submission).values(nonce=UUID(nonce), account_id=actor.account_id))
    except IntegrityError as error:
        raise AlreadyDone from error


@contextmanager
def acting_as(actor: Actor, nonce: str | None = None) -> Iterator[Session]:
    """One transaction of this person: committed at the end, rolled back on any exception.

    The same nonce twice raises AlreadyDone. Database errors that mean something to the person come out as
    refusals; DatabaseAway means that nothing was saved.
    """
    from lib.db.reading import forget_revision

    try:
        with (
            _connect(identity_of(actor)) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            if nonce is not None:
                _note_submission(session, actor, nonce)
            yield session
            session.commit()
            connection.commit()
    except (SQLAlchemyError, psycopg.Error) as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
    finally:
        forget_revision()
