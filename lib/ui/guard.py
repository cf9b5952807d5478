"""The first statement of every page: who acts, and whether they may be here."""

import streamlit as st

from lib.access import Actor, Permission
from lib.audit import commands as audit
from lib.db import acting_as
from lib.i18n import _
from lib.refusal import DatabaseAway, NotFound
from lib.ui import messages, session


def require(permission: Permission) -> Actor:
    """The person, when signed in and allowed; else the page ends here with a sentence."""
    actor = session.actor_of_run()
    if actor is None:
        st.warning(_("Votre session est terminée. Connectez-vous à nouveau pour continuer."))
        if st.button(_("Se connecter"), key="sign-in-again"):
            st.rerun(scope="app")
        st.stop()
    if session.database_away() and not session.whole_run():
        messages.refused(DatabaseAway())  # the frame says it for a whole page
    if not actor.may(permission):
        deny(actor, f"permission {permission.value}")
        st.error(
            _(
                "Cette page ne fait pas partie de votre rôle. "
                "Si vous en avez besoin, parlez-en à l'administration du pilote."
            )
        )
        st.stop()
    return actor


def not_found(actor: Actor, asked: str) -> None:
    """Say that there is no such record, log who asked for what, and end the page."""
    deny(actor, asked)
    messages.refused(NotFound())
    st.stop()


def deny(actor: Actor, asked: str) -> None:
    """Write down that somebody asked for what is not theirs.

    Partners have no study tables at all: their refusals are the database's own.
    """
    if actor.scope_id is not None and actor.role.value == "partner":
        return
    with acting_as(actor) as db:
        audit.log_denial(db, actor, asked)
