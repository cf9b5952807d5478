"""Forms over a record that others may change meanwhile: its version, and both versions side by side."""

from collections.abc import Callable, Mapping

import streamlit as st

from lib.i18n import _
from lib.refusal import ChangedMeanwhile
from lib.ui import show


def version_of(record: str, current: int, field: str) -> int:
    """The version that the person had before their eyes when the form was drawn; `field` is one of its keys.

    The data is read again at each run of the page: without this, a change of somebody else would slip in
    unseen between what was read and what is saved.
    """
    if field not in st.session_state:
        st.session_state[_key(record)] = current
    found: int = st.session_state.setdefault(_key(record), current)
    return found


def compare(
    record: str, typed: Mapping[str, object], labels: Mapping[str, str], words: Callable[[str, object], str]
) -> Callable[[ChangedMeanwhile], None]:
    """What to do when somebody saved first: show both versions; saving again then keeps what was typed."""

    def show_both(refusal: ChangedMeanwhile) -> None:
        theirs = refusal.theirs
        differing = [
            name for name in labels if name in theirs and _plain(theirs[name]) != _plain(typed.get(name))
        ]
        if differing:
            st.table(
                {
                    _("Information"): [labels[name] for name in differing],
                    _("Version enregistrée"): [show.escape(words(name, theirs[name])) for name in differing],
                    _("Votre saisie"): [show.escape(words(name, typed.get(name))) for name in differing],
                },
                border="horizontal",
                hide_index=True,
                alt=_("Les deux versions"),
            )
        version = theirs.get("version")
        if isinstance(version, int):
            st.session_state[_key(record)] = version

    return show_both


def _plain(value: object) -> object:
    return None if value == "" else value


def _key(record: str) -> str:
    return f"version-{record}"
