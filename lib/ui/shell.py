"""What stands around every page: its frame, the demonstration's mark, the account's corner, faults."""

from pathlib import Path
from typing import Any

import streamlit as st

from lib.access import Actor
from lib.accounts import commands
from lib.config import PROJECT
from lib.i18n import _, language
from lib.refusal import DatabaseAway, Refusal
from lib.ui import browser, forms, live, messages, navigation, session, show

NAME = "Pilote Bilan"
ICON = PROJECT / "data" / "icon.png"
STYLE = Path(__file__).with_name("style.css")


def run() -> None:
    """One run of the application: who is there, what they asked for, and what to say when it fails."""
    st.set_page_config(page_title=NAME, page_icon=str(ICON), layout="wide")
    try:
        actor = session.run_begins()
        page = navigation.of(actor) if actor else navigation.closed()
        _frame(actor)
        _open(page)
    except DatabaseAway as refusal:
        _wait(refusal)
    finally:
        session.run_ends()


def _open(page: Any) -> None:
    try:
        page.run()
    except DatabaseAway:
        raise
    except Refusal as refusal:
        messages.refused(refusal)
    except Exception as error:  # anything else is a fault of ours: logged, with a reference to quote
        messages.unexpected(error)


def _frame(actor: Actor | None) -> None:
    st.html(STYLE)
    if actor is None:
        browser.tell(language())
        messages.say_done()
        return
    browser.tell(actor.language, "/auth/open", session.ticket() or "")
    _corner(actor)
    if session.database_away():
        messages.refused(DatabaseAway())
        _try_again()
    messages.say_done()


def _corner(actor: Actor) -> None:
    """One quiet line: the demonstration's mark on the left, one's own account on the right."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="corner"):
        if commands.is_demo():
            st.markdown(_(":orange-badge[Démonstration] données inventées"))
        st.space("stretch")
        st.page_link("pages/account/mine.py", label=show.escape(actor.name), icon=":material/account_circle:")
        if st.button(_("Se déconnecter"), type="tertiary", icon=":material/logout:", key="sign-out"):
            session.sign_out()
            st.rerun()


def _wait(refusal: Refusal) -> None:
    """The page of a database that is away: it says so, keeps what was typed, and comes back by itself."""
    messages.refused(refusal)
    forms.keep_typed()
    _try_again()


@live.every(3)
def _try_again() -> None:
    st.caption(_("Nouvel essai toutes les trois secondes…"))
    if commands.answers():
        st.rerun(scope="app")


def script_failed(error: Exception) -> bool:
    """A fragment that ran alone failed: the same words as for a page. True keeps Streamlit's own box away."""
    if isinstance(error, Refusal):
        messages.refused(error)
    else:
        messages.unexpected(error)
    return True
