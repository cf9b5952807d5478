"""Forms that keep what was typed until it is saved, and save it once."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import Enum
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.errors import StreamlitAPIException

from lib.access import Actor
from lib.db import acting_as
from lib.i18n import _
from lib.refusal import AlreadyDone, ChangedMeanwhile, NotAllowed, NotFound, Refusal
from lib.ui import guard, messages

KEPT = (str, int, float, date, Enum, tuple, list)


def key(form: str) -> str:
    """The key of a form's widgets for now; it changes once the form is saved, which empties the form."""
    return f"{form}-{st.session_state.get(f'generation-{form}', 0)}"


def field(form: str, name: str) -> str:
    """The key of one field of a form."""
    return f"{key(form)}-{name}"


def nonce(form: str) -> str:
    """The same for every submission of the form as it stands, so that a double click is one command."""
    found: str = st.session_state.setdefault(f"nonce-{key(form)}", str(uuid4()))
    return found


def clear(form: str) -> None:
    """Start the form afresh."""
    st.session_state.pop(f"nonce-{key(form)}", None)
    st.session_state[f"generation-{form}"] = st.session_state.get(f"generation-{form}", 0) + 1


def keep_typed() -> None:
    """Keep the fields of forms that are not drawn in this run, which Streamlit would forget.

    Buttons and files cannot be put back; boxes to tick look like buttons and are asked again.
    """
    for name in list(st.session_state):
        value = st.session_state[name]
        if isinstance(value, KEPT) and not isinstance(value, bool):
            with suppress(StreamlitAPIException):  # drawn in this run after all: Streamlit keeps it itself
                st.session_state[name] = value


def submitted(
    form: str,
    do: Callable[[Any], Any],
    actor: Actor,
    done: str | Callable[[Any], str],
    on_changed: Callable[[ChangedMeanwhile], None] | None = None,
    then: Callable[[Any], None] | None = None,
) -> bool:
    """Run the command in one transaction; True never returns, for a saved form reruns the page.

    A refusal is said above the form, which stays filled. `on_changed` shows the version that somebody else
    saved meanwhile; `then` may remember the result before the page runs again.
    """
    try:
        with acting_as(actor, nonce(form)) as db:
            result = do(db)
    except AlreadyDone as refusal:
        messages.done(_(refusal.text))
    except Refusal as refusal:
        _refused(form, actor, refusal, on_changed)
        return False
    else:
        messages.done(done if isinstance(done, str) else done(result))
        if then is not None:
            then(result)
    clear(form)
    st.rerun()
    return True


def _refused(
    form: str, actor: Actor, refusal: Refusal, on_changed: Callable[[ChangedMeanwhile], None] | None
) -> None:
    """Say so; somebody else's version is shown, somebody else's record is written down."""
    messages.refused(refusal)
    if isinstance(refusal, ChangedMeanwhile) and on_changed is not None:
        on_changed(refusal)
    if isinstance(refusal, NotAllowed | NotFound):
        guard.deny(actor, f"form {form}")
