"""What is said to the person: refusals, what was done, what went wrong."""

import streamlit as st

from lib import journal
from lib.i18n import _
from lib.refusal import DatabaseAway, Refusal
from lib.ui.show import escape

_FLASH = "flash"


def refused(refusal: Refusal) -> None:
    """The refusal's own sentence; what was typed stays in its form."""
    said = {
        name: escape(value) if isinstance(value, str) else value for name, value in refusal.values.items()
    }
    text = _(refusal.text, **said)
    if isinstance(refusal, DatabaseAway):
        st.warning(text, icon=":material/cloud_off:")
    else:
        st.error(text, icon=":material/block:")


def done(text: str) -> None:
    """Said at the top of the next run, after the page has read the data again."""
    st.session_state.setdefault(_FLASH, []).append(text)


def say_done() -> None:
    for text in st.session_state.pop(_FLASH, []):
        st.toast(text, icon=":material/check_circle:", duration=6)


def unexpected(error: Exception) -> None:
    """A fault of ours: a reference that the person can quote, and one line in the log without personal data."""
    reference = journal.fault(error)
    st.error(
        _(
            "Quelque chose n'a pas fonctionné de notre côté. Rien n'a été enregistré à moitié. "
            "Si cela se répète, donnez cette référence à l'administration du pilote : {reference}.",
            reference=reference,
        ),
        icon=":material/report:",
    )
