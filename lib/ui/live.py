"""Pages and parts of pages that keep themselves up to date."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from lib.access import Permission
from lib.db.reading import last_revision
from lib.ui import guard, session

F = TypeVar("F", bound=Callable[..., None])
FOLLOW_SECONDS = 1.5


def every(seconds: float) -> Callable[[F], F]:
    """Run the decorated part again by itself every so many seconds, while its page is open."""

    def decorate(part: F) -> F:
        return st.fragment(part, run_every=seconds)

    return decorate


def follow(permission: Permission) -> None:
    """Run the page again once something was written anywhere; until then a turn is one check of the session.

    Called before the page reads: what is written in between shows at the next turn.
    """
    drawn = last_revision()

    @every(FOLLOW_SECONDS)
    def listen() -> None:
        if session.actor_of_run() is None:
            st.rerun(scope="app")  # signed out elsewhere: what is on screen must go, not only what comes next
        guard.require(permission)
        if last_revision() != drawn:
            st.rerun(scope="app")

    listen()
