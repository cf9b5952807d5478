"""The tables of a page as AppTest sees them: ours are HTML, a few small ones are Streamlit's own."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pandas as pd
from streamlit.testing.v1 import AppTest


@dataclass
class _Reader(HTMLParser):
    """Collects the texts of each row's cells."""

    rows: list[list[str]] = field(default_factory=list)
    inside: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.inside = False

    def handle_data(self, text: str) -> None:
        if self.inside:
            self.rows[-1][-1] += text


def tables(app: AppTest) -> list[pd.DataFrame]:
    """Our tables of the page in order, then Streamlit's own."""
    ours = [element.proto.body for element in app.get("html") if 'class="pilote-table"' in element.proto.body]
    return [_frame(body) for body in ours] + [table.value for table in app.table]


def _frame(body: str) -> pd.DataFrame:
    reader = _Reader()
    reader.feed(body)
    header, *rows = reader.rows
    return pd.DataFrame(rows, columns=header, dtype=object)
