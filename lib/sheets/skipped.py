"""Rows that are no data: blanks, totals, section titles, a header printed again, notes below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lib.sheets.bad_cells import BadCell
from lib.sheets.cells import to_number
from lib.sheets.headers import Header
from lib.sheets.plan import Sheet
from lib.sheets.source import RawTable
from lib.sheets.text import Cell, clean, is_error, key

_TOTAL = re.compile(r"(?:sous |grand )?(?:total|totaux)(?: general| generaux)?")
_TOTAL_OF = re.compile(r"(?:(?:sous )?(?:total|totaux)|somme|ensemble)\b.*")
_NOTE = re.compile(
    r"\s*(?:\*|nb\b|n\.b\.|note\b|notes\b|source\b|sources\b|légende\b|mis à jour\b|mise à jour\b)", re.I
)


@dataclass(frozen=True)
class Ignored:
    """How many rows of each sort were left out, and the row numbers of those that are not blank."""

    blank: int = 0
    totals: tuple[int, ...] = ()
    titles: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """All rows left out."""
        return self.blank + len(self.totals) + len(self.titles) + len(self.notes)


@dataclass(frozen=True)
class Sieve:
    """Tells data rows from the rest, for one table and the header found in it."""

    table: RawTable
    header: Header
    sheet: Sheet

    def data_rows(self) -> tuple[list[int], Ignored]:
        """The numbers of the rows that are data, and what was left out below the header."""
        kept: list[int] = []
        ignored = Ignored()
        for number in range(self.header.row + 1, len(self.table.rows) + 1):
            cells = self.table.rows[number - 1]
            filled = [index for index, cell in enumerate(cells) if clean(cell)]
            if not filled:
                ignored = replace(ignored, blank=ignored.blank + 1)
            elif self._total(cells, filled):
                ignored = replace(ignored, totals=(*ignored.totals, number))
            elif self._title(number, cells, filled):
                ignored = replace(ignored, titles=(*ignored.titles, number))
            elif len(filled) == 1 and _NOTE.match(clean(cells[filled[0]])):
                ignored = replace(ignored, notes=(*ignored.notes, number))
            else:
                kept.append(number)
        return kept, ignored

    def _total(self, cells: Sequence[Cell], filled: Sequence[int]) -> bool:
        """A word for total followed by nothing but numbers; or numbers only, where names should be."""
        first, others = cells[filled[0]], [cells[index] for index in filled[1:]]
        if isinstance(first, str) and _TOTAL.fullmatch(key(first)):
            return True
        if isinstance(first, str) and others and _TOTAL_OF.fullmatch(key(first)):
            return all(_numeric(cell) for cell in others)
        needed = [column.name for column in self.sheet.columns if column.needed]
        without = [name for name in needed if self.header.mapping.get(name) not in filled]
        return (
            len(without) > 1
            and len(without) == len(needed)
            and all(_numeric(cells[index]) for index in filled)
        )

    def _title(self, number: int, cells: Sequence[Cell], filled: Sequence[int]) -> bool:
        """A title merged across the table, or the header repeated on a following page."""
        if number in self.table.banners and len(filled) == 1:
            return True
        found = [
            (index, title) for index, title in self.titles.items() if index < len(cells) and cells[index]
        ]
        return len(found) > 1 and all(key(cells[index]) == title for index, title in found)

    @cached_property
    def titles(self) -> dict[int, str]:
        """The keys of the mapped headers."""
        return {index: key(self.header.written(index)) for index in self.header.mapping.values()}


def _numeric(cell: Cell) -> bool:
    if is_error(clean(cell)):
        return True
    try:
        to_number(cell)
    except BadCell:
        return False
    return True
