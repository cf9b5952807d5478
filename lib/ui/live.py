"""Pages and parts of pages that keep themselves up to date."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from lib.access import Actor, Permission
from lib.db import Query, read
from lib.db.reading import last_revision
from lib.ui import guard, session

F = TypeVar("F", bound=Callable[..., None])
FOLLOW_SECONDS = 2.0


def every(seconds: float) -> Callable[[F], F]:
    """Run the decorated part again by itself every so many seconds, while its page is open."""

    def decorate(part: F) -> F:
        return st.fragment(part, run_every=seconds)

    return decorate


def follow(permission: Permission, queries: Sequence[Query[Any]], rows: Sequence[Sequence[object]]) -> None:
    """Run the page again once what it shows has changed; `rows` are those it drew from these queries.

    Every two seconds a turn checks the session, which also brings the revision. While that stands, nothing
    else happens. Once something was written anywhere, the queries are read again: one round trip for all the
    screens of one scope, for rows are kept by scope and revision. Only other rows run the page again, which
    costs ten times as much: a write that the page does not show costs it nothing, and one that it shows is on
    screen within three seconds.
    """
    checked: int | None = None  # not the revision of now: something may have been written since the page read

    @every(FOLLOW_SECONDS)
    def listen() -> None:
        nonlocal checked
        if session.whole_run():
            return
        if session.actor_of_run() is None:
            st.rerun(scope="app")  # signed out elsewhere: what is on screen must go, not only what comes next
        actor = guard.require(permission)
        newest = last_revision()
        if newest is not None and newest == checked:
            return
        if moved(actor, queries, rows):
            st.rerun(scope="app")
        checked = newest

    listen()


def moved(actor: Actor, queries: Sequence[Query[Any]], rows: Sequence[Sequence[object]]) -> bool:
    """Whether these queries have other rows by now."""
    return [list(one) for one in read(actor, *queries)] != [list(one) for one in rows]
