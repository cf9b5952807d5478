"""Filters that live in the page's address, so that they survive a reload and can be shared."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from lib.i18n import _
from lib.i18n.formats import day


def choice(label: str, key: str, options: Mapping[str, str], none: str | None = None) -> str | None:
    """One code among the options, or None for all of them; bound to `?key=`."""
    everything = none or _("Toutes")
    codes = ["", *options]
    asked = st.query_params.get(key)
    if asked in options and key not in st.session_state:
        # links carry codes, where the widget itself writes labels into the address
        st.session_state[key] = asked
    chosen = st.selectbox(
        label, codes, format_func=lambda code: options.get(code, everything), key=key, bind="query-params"
    )
    return chosen or None


def words(label: str, key: str, placeholder: str | None = None) -> str:
    """A few words to search for; bound to `?key=`."""
    found = st.text_input(
        label, key=key, bind="query-params", placeholder=placeholder or _("Rechercher"), type="search"
    )
    return (found or "").strip()


def period(label: str, months: list[date], key: str) -> tuple[date | None, date | None]:
    """From the first day of one month to that of another, both included; bound to `?key=` and `?key_to=`."""
    names = {month.isoformat(): day(month) for month in months}
    left, right = st.columns(2)
    with left:
        since = choice(_("{label} : depuis", label=label), key, names, none=_("Le début"))
    with right:
        until = choice(_("jusqu'à"), f"{key}_to", names, none=_("Aujourd'hui"))
    return (date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None)


def current(key: str) -> str | None:
    """What the address says, such as the code of a person."""
    value: str | None = st.query_params.get(key)
    return value or None


def go(page: str, **query: str) -> None:
    """Open another page with this address."""
    st.switch_page(page, query_params=query)
