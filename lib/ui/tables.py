"""Tables as plain HTML: a hundred cells of Streamlit's own table are a hundred Markdown documents to the browser."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from lib.sheets.out import Kind, OutColumn

NUMBERS = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.PERCENT})


def draw(
    cells: Sequence[Sequence[str]], columns: Sequence[OutColumn], name: str, links: Sequence[str] = ()
) -> None:
    """Show rows of texts under their headers; `links` puts an address on the first cell of each row.

    Whatever a person typed is escaped here, and Streamlit cleans the whole again in the browser.
    """
    kinds = [' class="pilote-number"' if column.kind in NUMBERS else "" for column in columns]
    head = "".join(
        f'<th scope="col"{kind}>{escape(column.header)}</th>'
        for column, kind in zip(columns, kinds, strict=True)
    )
    body = "".join(_row(texts, kinds, links[place] if links else "") for place, texts in enumerate(cells))
    st.html(
        f'<div class="pilote-table" tabindex="0" role="region" aria-label="{escape(name)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(texts: Sequence[str], kinds: Sequence[str], link: str) -> str:
    written = [escape(text) for text in texts]
    if link:
        written[0] = f'<a href="{escape(link)}" target="_self">{written[0]}</a>'
    return (
        "<tr>"
        + "".join(f"<td{kind}>{text}</td>" for text, kind in zip(written, kinds, strict=True))
        + "</tr>"
    )
