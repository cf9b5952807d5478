"""Where a table's header is and which of its columns is which, whatever was typed above it and however."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from lib.sheets.plan import Column, Sheet
from lib.sheets.source import RawTable
from lib.sheets.text import Cell, bare_key, clean, key

# Nobody writes more lines than this above a table.
_DEPTH = 40
# Below this two headers are different words, not one word typed twice.
_CLOSE = 88.0
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SMALL_WORDS = frozenset(
    {"d", "de", "du", "des", "l", "la", "le", "les", "un", "une", "et", "en", "a", "au", "aux"}
)


@dataclass(frozen=True)
class Header:
    """The header's row number, its cells as written, and the index of each column recognised."""

    row: int
    cells: tuple[Cell, ...]
    mapping: dict[str, int]

    def written(self, index: int) -> str:
        """The header of a column exactly as the file has it."""
        cell = self.cells[index] if index < len(self.cells) else None
        return cell if isinstance(cell, str) else clean(cell)


def find_header(table: RawTable, sheet: Sheet) -> Header | None:
    """The row that reads most like the header; None when none has two columns of the plan."""
    best: Header | None = None
    for number, cells in enumerate(table.rows[:_DEPTH], start=1):
        mapping = map_columns(cells, sheet)
        if mapping and (best is None or _fit(mapping, sheet) > _fit(best.mapping, sheet)):
            best = Header(number, tuple(cells), mapping)
    return best if best and len(best.mapping) >= min(2, len(sheet.columns)) else None


def likely_header(table: RawTable, sheet: Sheet) -> Header:
    """The first row with several texts: what to show a person who has to say which column is which."""
    filled = [number for number, cells in enumerate(table.rows, start=1) if any(map(clean, cells))]
    several = (number for number in filled[:_DEPTH] if _texts(table.rows[number - 1]) > 1)
    number = next(several, filled[0] if filled else 1)
    cells = table.rows[number - 1] if table.rows else []
    return Header(number, tuple(cells), map_columns(cells, sheet))


def _texts(cells: Sequence[Cell]) -> int:
    return sum(isinstance(cell, str) and bool(clean(cell)) for cell in cells)


def choose_table(tables: Sequence[RawTable], sheet: Sheet) -> RawTable:
    """The sheet of the workbook that fits the plan best; the first filled one when none fits."""
    found = [(table, find_header(table, sheet)) for table in tables]
    fitting = [(table, header) for table, header in found if header]
    if fitting:
        return max(fitting, key=lambda pair: _fit(pair[1].mapping, sheet))[0]
    return next((table for table in tables if table.rows), tables[0])


def map_columns(cells: Sequence[Cell], sheet: Sheet) -> dict[str, int]:
    """Which cell of a header row stands for which column; surest pairs first, none used twice."""
    pairs = sorted(_pairs(cells, sheet.columns), key=lambda pair: (-pair[0], pair[1], pair[2]))
    mapping: dict[str, int] = {}
    for _, index, name in pairs:
        if name not in mapping and index not in mapping.values():
            mapping[name] = index
    return {column.name: mapping[column.name] for column in sheet.columns if column.name in mapping}


def _fit(mapping: dict[str, int], sheet: Sheet) -> tuple[int, int]:
    return sum(sheet.by_name[name].must_exist for name in mapping), len(mapping)


def _pairs(cells: Sequence[Cell], columns: Sequence[Column]) -> Iterator[tuple[float, int, str]]:
    for index, cell in enumerate(cells):
        if not isinstance(cell, str) or not key(cell) or len(cell) > 200:
            continue
        typed = key(cell), _tokens(cell), _tokens(_IN_BRACKETS.sub(" ", cell))
        for column in columns:
            score = max(_likeness(typed, expected) for expected in _expected(column))
            if score:
                yield score, index, column.name


@lru_cache(maxsize=512)
def _expected(column: Column) -> tuple[tuple[str, tuple[str, ...], float], ...]:
    """Each name of a column as key and words, with what writing it exactly is worth; the title is worth most."""
    names = ((column.title, 104.0), *((synonym, 103.0) for synonym in column.synonyms))
    return tuple((key(name), _tokens(name), worth) for name, worth in names)


def _likeness(
    typed: tuple[str, tuple[str, ...], tuple[str, ...]], expected: tuple[str, tuple[str, ...], float]
) -> float:
    """From 0 (other words) to 104 (the title itself); a remark in brackets may count or not."""
    if typed[0] == expected[0]:
        return expected[2]
    return max(_alike(typed[1], expected[1]), _alike(typed[2], expected[1]))


def _alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 102.0
    if _abbreviates(ours, theirs):
        return 101.0
    one, other = " ".join(ours), " ".join(theirs)
    score = fuzz.token_sort_ratio(one, other) if min(len(one), len(other)) > 4 else 0.0
    return score if score >= _CLOSE else 0.0


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(word for word in bare_key(text).split() if word not in _SMALL_WORDS)


def _abbreviates(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """« Année naiss. » for « Année de naissance »: each word is the beginning of the other."""
    return len(ours) == len(theirs) and all(
        min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))
        for one, other in zip(ours, theirs, strict=True)
    )
