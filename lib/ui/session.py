"""Who is in front of this browser tab: checked against the database at every run, in one round trip."""

import streamlit as st

from lib.access import Actor
from lib.accounts import commands
from lib.accounts.rules import COOKIE
from lib.i18n import use_language
from lib.refusal import DatabaseAway

_SESSION, _ACTOR, _CHECKED = "session_id", "actor", "checked_in_this_run"
_TICKET, _AWAY = "ticket", "database_away"


def session_id() -> int | None:
    """The server-side session of this tab: known already, or found by the cookie's token."""
    known: int | None = st.session_state.get(_SESSION)
    if known is None:
        token = st.context.cookies.get(COOKIE)
        if isinstance(token, str) and token:
            known = commands.session_of_token(token)
            st.session_state[_SESSION] = known
    return known


def check() -> Actor | None:
    """The person signed in, re-read now; None signs this tab out.

    When the database does not answer, the person of the last check stays on screen with what is there,
    so that nothing typed is lost; nothing can be read anew or written meanwhile.
    """
    try:
        found = _current()
    except DatabaseAway:
        actor: Actor | None = st.session_state.get(_ACTOR)
        if actor is None:
            raise
        st.session_state[_AWAY] = True
    else:
        actor = found
        st.session_state.pop(_AWAY, None)
        st.session_state[_ACTOR] = actor
        if actor is None:
            st.session_state.pop(_SESSION, None)
    use_language(actor.language if actor else preferred_language())
    return actor


def database_away() -> bool:
    """Whether the last check of this tab got no answer."""
    return bool(st.session_state.get(_AWAY))


def whole_run() -> bool:
    """Whether the page runs as a whole, not a fragment of it alone."""
    return bool(st.session_state.get(_CHECKED))


def _current() -> Actor | None:
    known = session_id()
    found = commands.current(known) if known is not None else None
    return found[0] if found else None


def actor_of_run() -> Actor | None:
    """The person checked at the start of this run; a fragment that reruns alone is checked anew."""
    if whole_run():
        actor: Actor | None = st.session_state.get(_ACTOR)
        return actor
    return check()


def run_begins() -> Actor | None:
    """Check once for the whole run; `run_ends` must follow."""
    actor = check()
    st.session_state[_CHECKED] = True
    return actor


def run_ends() -> None:
    st.session_state.pop(_CHECKED, None)


def opened(session: int, ticket: str) -> None:
    """Remember the session that was just opened, and the ticket that its browser exchanges for a cookie."""
    st.session_state[_SESSION] = session
    st.session_state[_TICKET] = ticket


def ticket() -> str | None:
    found: str | None = st.session_state.get(_TICKET)
    return found


def sign_out() -> None:
    """End the session everywhere and forget what this tab holds."""
    known = session_id()
    if known is not None:
        commands.sign_out(known)
    st.session_state.clear()


def preferred_language() -> str:
    """English for a browser that asks for it, else French: only until the person is known."""
    locale = st.context.locale
    return "en" if isinstance(locale, str) and locale.lower().startswith("en") else "fr"
