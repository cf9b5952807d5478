"""How figures, tables and charts are shown: each with its words, its table and its downloads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import streamlit as st

from lib.access import Actor
from lib.i18n import _
from lib.i18n.formats import day, moment, number, percent
from lib.refusal import Labelled
from lib.sheets.out import Kind, OutColumn
from lib.ui import downloads, tables

Rows = Sequence[Sequence[object]]
_ADDRESS = re.compile(r"https?\\:|www\.|material/", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A key figure with what it means; `help` says where it comes from."""

    label: str
    value: str
    note: str = ""
    help: str = ""


def figures(items: Sequence[Figure]) -> None:
    """At most four key figures, in one row that folds on a phone."""
    with st.grid(min_column_width=240, border=True):
        for item in items:
            with st.container(gap="xxsmall"):
                st.metric(item.label, item.value, help=item.help or None)
                if item.note:
                    st.caption(item.note)


def cell(value: object, kind: Kind = Kind.ANY) -> str:
    """One value as it is read in a table, the French (or English) way."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, Labelled):
        return _(value.label)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        return _numeral(value, kind)
    return str(value)


def _numeral(value: float | Decimal, kind: Kind) -> str:
    if kind is Kind.PERCENT:
        return percent(value, 1)
    decimals = 0 if isinstance(value, int) or kind is Kind.WHOLE else 1
    return number(value, decimals)


def table(
    rows: Rows,
    columns: Sequence[OutColumn],
    name: str,
    actor: Actor,
    empty: str = "",
    links: Sequence[str] = (),
) -> None:
    """A small table, read as it stands, with its downloads. `links` puts an address on each first cell."""
    if not rows:
        st.caption(empty or _("Rien à afficher pour ces filtres."))
        return
    cells = [[cell(value, column.kind) for value, column in zip(row, columns, strict=True)] for row in rows]
    tables.draw(cells, columns, name, links)
    downloads.offer(rows, columns, name, actor)


def escape(text: str) -> str:
    """The text with nothing in it that Markdown would take for a link, an icon or an emphasis.

    Addresses become links and icons pictures even with their signs escaped, unless a joiner, which nobody sees,
    stands before them.
    """
    for sign in "\\`*_[]<>$~|#:":
        text = text.replace(sign, "\\" + sign)
    return _ADDRESS.sub("\u2060\\g<0>", text)


def chart(
    specification: dict[str, Any],
    rows: Rows,
    columns: Sequence[OutColumn],
    name: str,
    alt: str,
    actor: Actor,
) -> None:
    """A chart, and behind one click its table and its downloads (PNG, CSV, XLSX)."""
    st.vega_lite_chart(specification, theme=None, width="stretch", alt=alt)
    with st.expander(_("Voir les données de ce graphique"), key=f"data-{name}", on_change="rerun") as opened:
        if opened.open:
            table(rows, columns, name, actor)
            downloads.picture(specification, name, actor)


def nothing_yet(text: str, action: str = "", page: str = "") -> None:
    """An empty screen that says what to do next."""
    with st.container(border=True):
        st.markdown(text)
        if action:
            st.page_link(page, label=action, icon=":material/arrow_forward:")


def is_dark() -> bool:
    """Whether the reader's browser shows the dark theme."""
    return st.context.theme.type == "dark"
