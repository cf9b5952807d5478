"""`read` with its types: as many lists of rows come back as queries were asked."""

from typing import Any, TypeVar, overload

from lib.access import Actor
from lib.db import reading
from lib.db.reading import Query

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")
G = TypeVar("G")
H = TypeVar("H")


@overload
def read(actor: Actor, a: Query[A], /) -> tuple[list[A]]: ...
@overload
def read(actor: Actor, a: Query[A], b: Query[B], /) -> tuple[list[A], list[B]]: ...
@overload
def read(actor: Actor, a: Query[A], b: Query[B], c: Query[C], /) -> tuple[list[A], list[B], list[C]]: ...
@overload
def read(
    actor: Actor, a: Query[A], b: Query[B], c: Query[C], d: Query[D], /
) -> tuple[list[A], list[B], list[C], list[D]]: ...
@overload
def read(
    actor: Actor, a: Query[A], b: Query[B], c: Query[C], d: Query[D], e: Query[E], /
) -> tuple[list[A], list[B], list[C], list[D], list[E]]: ...
@overload
def read(
    actor: Actor, a: Query[A], b: Query[B], c: Query[C], d: Query[D], e: Query[E], f: Query[F], /
) -> tuple[list[A], list[B], list[C], list[D], list[E], list[F]]: ...
@overload
def read(
    actor: Actor, a: Query[A], b: Query[B], c: Query[C], d: Query[D], e: Query[E], f: Query[F], g: Query[G], /
) -> tuple[list[A], list[B], list[C], list[D], list[E], list[F], list[G]]: ...
@overload
def read(
    actor: Actor,
    a: Query[A],
    b: Query[B],
    c: Query[C],
    d: Query[D],
    e: Query[E],
    f: Query[F],
    g: Query[G],
    h: Query[H],
    /,
) -> tuple[list[A], list[B], list[C], list[D], list[E], list[F], list[G], list[H]]: ...


def read(actor: Actor, *queries: Query[Any]) -> Any:
    """All of a page's queries as this person; see `lib.db.reading.read`."""
    return reading.read(actor, *queries)
