"""`read`: all of a page's queries in one round trip, kept while the revision of the data stands.

A query is a value. Its rows are kept for the process under (revision, scope, statement, parameters).
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import psycopg
from cachetools import LRUCache
from sqlalchemy import Select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.selectable import CompoundSelect, TextualSelect

from lib.access import Actor
from lib.db.base import Code
from lib.db.engine import engine, engine_number, mended
from lib.db.identity import Identity, identity_of
from lib.db.refusals import refusal_of
from lib.db.wire import Statement, in_one_trip
from lib.refusal import DatabaseAway, NotAllowed

POLL_SECONDS = 2.0
MAX_KEPT_ROWS = 200_000
REVISION = Statement("select n from pilot.revision where topic = 'all'", {})

Row = TypeVar("Row")


@dataclass(frozen=True)
class _Written:
    """A statement as it goes over the wire; the same for everybody, so it is worked out once for each query."""

    statement: Statement
    key: tuple[str, str]
    enums: tuple[tuple[int, Callable[[str], Any]], ...]


@dataclass(frozen=True)
class Query(Generic[Row]):
    """A statement and the type of its rows. `keep=False` for what may never be kept, such as an identity.

    Writing the statement out costs more than sending it: a function whose query is asked for again and again
    keeps the query itself.
    """

    statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | TextualSelect
    row: Callable[..., Row]
    keep: bool = True

    @cached_property
    def written(self) -> _Written:
        compiled = self.statement.compile(engine(), compile_kwargs={"render_postcompile": True})
        processors = compiled._bind_processors
        parameters = {
            name: processors[name](value) if name in processors else value  # type: ignore[operator]  # typed too widely
            for name, value in compiled.construct_params().items()
        }
        enums = tuple(
            (position, column.type.enum)
            for position, column in enumerate(self.statement.selected_columns)
            if isinstance(column.type, Code)
        )
        key = (compiled.string, repr(sorted(parameters.items())))
        return _Written(Statement(compiled.string, parameters), key, enums)


@dataclass(frozen=True)
class _Asked:
    """A query made ready for the wire; `keep` is None where its rows are not kept."""

    statement: Statement
    row: Callable[..., Any]
    key: tuple[Any, ...] | None
    enums: tuple[tuple[int, Callable[[str], Any]], ...]

    def rows(self, raw: Sequence[tuple[Any, ...]]) -> list[Any]:
        if not self.enums:
            return [self.row(*values) for values in raw]
        return [self.row(*self._decode(values)) for values in raw]

    def _decode(self, values: tuple[Any, ...]) -> list[Any]:
        decoded = list(values)
        for position, enum in self.enums:
            if decoded[position] is not None:
                decoded[position] = enum(decoded[position])
        return decoded


class _Kept:
    """Rows with the revision at which they were read, and the last revision that was seen."""

    rows: LRUCache[tuple[Any, ...], tuple[int, list[Any]]] = LRUCache(
        MAX_KEPT_ROWS, getsizeof=lambda kept: len(kept[1]) + 1
    )
    revision: int | None = None
    seen_at: float = 0.0
    lock = threading.Lock()
    trips: int = 0


def note_revision(revision: int) -> None:
    """The revision was just read by somebody else, such as the check of the session."""
    with _Kept.lock:
        _Kept.revision, _Kept.seen_at = revision, time.monotonic()


def forget_revision() -> None:
    """After a write of this process the next read asks the database, whatever the time."""
    with _Kept.lock:
        _Kept.revision = None


def last_revision() -> int | None:
    """The revision as last seen by this process; None just after one of its own writes."""
    return _Kept.revision


def trips() -> int:
    """Round trips made for data since the process began; benches and tests count with it."""
    return _Kept.trips


def _prepare(identity: Identity, query: Query[Any]) -> _Asked:
    written = query.written
    key = (engine_number(), *identity.scope, *written.key) if query.keep else None
    return _Asked(written.statement, query.row, key, written.enums)


def _fetch(identity: Identity, asked: Sequence[_Asked]) -> tuple[int, list[list[Any]]]:
    """One round trip; a connection that died in the pool is replaced once, for reading twice harms nobody."""
    statements = [REVISION, *(one.statement for one in asked)]
    for attempt in (1, 2):
        try:
            _Kept.trips += 1
            (revision,), *answers = in_one_trip(engine(), identity, statements)
        except (psycopg.Error, SQLAlchemyError) as error:
            if attempt == 1 and mended(error):
                continue
            raise (refusal_of(error) or error) from error
        return int(revision[0]), [one.rows(raw) for one, raw in zip(asked, answers, strict=True)]
    raise AssertionError("unreachable")


def read(actor: Actor, *queries: Query[Any]) -> tuple[list[Any], ...]:
    """Rows of each query, in order, all from one snapshot; see `lib.db.typed` for its types.

    While the database does not answer, the rows that the same scope read last; raises DatabaseAway when there
    are none, NotAllowed when the database refuses this role.
    """
    identity = identity_of(actor)
    if identity.database_role != "pilote_staff":
        raise NotAllowed
    asked = [_prepare(identity, query) for query in queries]
    with _Kept.lock:
        fresh = time.monotonic() - _Kept.seen_at < POLL_SECONDS
        revision = _Kept.revision if fresh else None
        found = [_lookup(revision, one) for one in asked]
    if all(rows is not None for rows in found):
        return tuple(list(rows or ()) for rows in found)
    try:
        return _read_anew(identity, asked, found, revision)
    except DatabaseAway:
        if (last := _last_read(asked)) is None:
            raise
        return last


def _read_anew(
    identity: Identity, asked: Sequence[_Asked], found: Sequence[list[Any] | None], revision: int | None
) -> tuple[list[Any], ...]:
    """Fetch what is not kept, in the same snapshot as what is."""
    missing = [one for one, rows in zip(asked, found, strict=True) if rows is None]
    now_at, answers = _fetch(identity, missing)
    if revision is not None and now_at != revision and len(missing) < len(asked):
        # the data moved between what was kept and what was fetched: one snapshot for all
        missing = list(asked)
        now_at, answers = _fetch(identity, missing)
    _keep(now_at, missing, answers)
    fetched = iter(answers)
    if len(missing) == len(asked):
        return tuple(fetched)
    return tuple(next(fetched) if rows is None else list(rows) for rows in found)


def _lookup(revision: int | None, asked: _Asked) -> list[Any] | None:
    if revision is None or asked.key is None:
        return None
    read_at, rows = _Kept.rows.get(asked.key, (None, None))
    return rows if read_at == revision else None


def _newest(key: tuple[Any, ...]) -> int:
    kept: tuple[int, list[Any]] | None = _Kept.rows.get(key)
    return kept[0] if kept else 0


def _last_read(asked: Sequence[_Asked]) -> tuple[list[Any], ...] | None:
    """What the same scope read last, whatever was written since: better than nothing while the database is away."""
    with _Kept.lock:
        kept = [_Kept.rows.get(one.key) if one.key is not None else None for one in asked]
    found = [list(rows) for _, rows in (one for one in kept if one is not None)]
    return tuple(found) if len(found) == len(asked) else None


def _keep(revision: int, asked: Sequence[_Asked], answers: Sequence[list[Any]]) -> None:
    with _Kept.lock:
        _Kept.revision, _Kept.seen_at = revision, time.monotonic()
        for one, rows in zip(asked, answers, strict=True):
            if one.key is not None and len(rows) < MAX_KEPT_ROWS and _newest(one.key) <= revision:
                _Kept.rows[one.key] = (revision, rows)
