"""One-time links on screen: shown once, right after they were made, to be handed over."""

from urllib.parse import urlsplit

import streamlit as st

from lib.accounts.commands import Link
from lib.config import settings
from lib.i18n import _
from lib.i18n.formats import moment
from lib.ui import show

_LINK = "fresh-link"


def remember(link: Link) -> None:
    """Keep the link for the next run of the page; the database only has its fingerprint."""
    st.session_state[_LINK] = link


def fresh() -> None:
    """The link that was just made, until it is put away."""
    link: Link | None = st.session_state.get(_LINK)
    if link is None:
        return
    with st.container(border=True):
        st.markdown(
            _(
                "Lien à usage unique pour **{login}**, valable jusqu'au {until}. Remettez-le à la personne "
                "elle-même : il n'est montré qu'ici, et une seule fois.",
                login=show.escape(link.login),
                until=moment(link.expires_at),
            )
        )
        st.code(address_of(link), language=None, wrap_lines=True)
        if st.button(_("C'est copié"), key="link-copied", icon=":material/check:"):
            st.session_state.pop(_LINK)
            st.rerun()


def address_of(link: Link) -> str:
    """The whole address: the public one where it is set, else the one this browser uses."""
    return f"{settings().public_url or _here()}/?invitation={link.token}"


def _here() -> str:
    found = urlsplit(st.context.url or "")
    return f"{found.scheme}://{found.netloc}" if found.netloc else "http://127.0.0.1:8501"
