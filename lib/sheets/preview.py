"""What an import would do, before it does anything: rows ready, rows to mend and why, rows left out."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lib.i18n import _
from lib.refusal import Refusal
from lib.sheets.bad_cells import AlreadyInFile, BadCell, Blank, FormulaError, MissingColumn, NoResult
from lib.sheets.headers import Header, choose_table, find_header, likely_header
from lib.sheets.plan import Column, Sheet
from lib.sheets.skipped import Ignored, Sieve
from lib.sheets.source import RawTable
from lib.sheets.text import NO_RESULT, Cell, clean, is_error, key
from lib.sheets.wrong_files import NoDataRow

Progress = Callable[[int, int], None]
_STEP = 200
# Ways to write that there is nothing to write; a lone dash has an empty key.
_NOTHING = frozenset({"", "n a", "s o", "sans objet", "non renseigne", "non renseignee"})


@dataclass(frozen=True)
class Problem:
    """One thing to mend, where the person sees it: `column` is the header as the file has it."""

    sheet: str
    row: int
    column: str
    refusal: Refusal
    field: str = ""

    @property
    def problem(self) -> str:
        """What is wrong and what is expected, in the language of the person."""
        return _(self.refusal.text, **self.refusal.values)


@dataclass(frozen=True)
class ReadyRow:
    """A row that can be saved: every column of the plan has a value, None where the file says nothing."""

    number: int
    values: dict[str, object]


@dataclass(frozen=True)
class Preview:
    """The whole report; nothing in it depends on the file being kept."""

    sheet: Sheet
    table: RawTable
    header: Header
    ready: list[ReadyRow]
    to_mend: list[Problem]
    ignored: Ignored
    rows: int
    missing: tuple[Column, ...] = ()
    other_sheets: tuple[str, ...] = ()
    rejected: tuple[int, ...] = ()

    @property
    def sheet_name(self) -> str:
        """The name of the workbook's sheet that was read."""
        return self.table.sheet

    @property
    def header_row(self) -> int:
        """The row number of the header."""
        return self.header.row

    @property
    def mapping(self) -> dict[str, int]:
        """Column of the plan to column index in the file."""
        return self.header.mapping

    @property
    def headers(self) -> dict[int, str]:
        """Every column of the file that has a header, to choose from when remapping."""
        return {index: clean(cell) for index, cell in enumerate(self.header.cells) if clean(cell)}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headers of the file that stand for nothing here: these columns are not read."""
        return tuple(text for index, text in self.headers.items() if index not in self.mapping.values())

    def as_json(self, saved: int = 0) -> dict[str, Any]:
        """The report for machines."""
        mend = [
            {"sheet": one.sheet, "row": one.row, "column": one.column, "problem": one.problem}
            for one in self.to_mend
        ]
        return {"rows": self.rows, "ready": len(self.ready), "saved": saved, "to_mend": mend}


def preview(
    tables: Sequence[RawTable],
    sheet: Sheet,
    mapping: Mapping[str, int] | None = None,
    progress: Progress | None = None,
    sheet_name: str | None = None,
) -> Preview:
    """Read the best table, or the one named; `mapping` replaces what was recognised. Raises NoDataRow."""
    table = choose_table([one for one in tables if one.sheet == sheet_name] or tables, sheet)
    numbers, ignored = Sieve(table, header := _header(table, sheet, mapping), sheet).data_rows()
    if not numbers:
        raise NoDataRow
    missing = tuple(one for one in sheet.columns if one.must_exist and one.name not in header.mapping)
    reading = _Reading(sheet, table, header)
    if missing:
        reading.nothing(missing)
    else:
        reading.all(numbers, progress)
    return Preview(
        sheet=sheet,
        table=table,
        header=header,
        ready=reading.ready,
        to_mend=reading.problems,
        ignored=ignored,
        rows=len(numbers),
        missing=missing,
        other_sheets=tuple(other.sheet for other in tables if other is not table),
        rejected=tuple(numbers) if missing else tuple(dict.fromkeys(one.row for one in reading.problems)),
    )


def _header(table: RawTable, sheet: Sheet, mapping: Mapping[str, int] | None) -> Header:
    found = find_header(table, sheet) or likely_header(table, sheet)
    return found if mapping is None else Header(found.row, found.cells, dict(mapping))


class _Reading:
    """Goes through the data rows once, remembering what must not come twice."""

    def __init__(self, sheet: Sheet, table: RawTable, header: Header) -> None:
        self.sheet, self.table, self.header = sheet, table, header
        self.ready: list[ReadyRow] = []
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, Hashable], int] = {}

    def nothing(self, missing: Sequence[Column]) -> None:
        """Without these columns no row can be understood: say so at the header."""
        for column in missing:
            refusal = MissingColumn(title=column.title)
            self.problems.append(self._problem(self.header.row, column.name, refusal))

    def all(self, numbers: Sequence[int], progress: Progress | None) -> None:
        """Read each row, telling how far it is now and then."""
        for done, number in enumerate(numbers):
            if progress and done % _STEP == 0:
                progress(done, len(numbers))
            self._one(number)
        if progress:
            progress(len(numbers), len(numbers))

    def _one(self, number: int) -> None:
        found: list[tuple[str, Refusal]] = []
        values: dict[str, object] = {}
        for column in self.sheet.columns:
            try:
                values[column.name] = self._value(number, column)
            except BadCell as refusal:
                found.append((column.name, refusal))
        # A row that repeats another is told so first: beside what is recorded it would seem wrong in other ways.
        marks = {} if found else self._marks(values)
        found = found or self._twice(number, marks) or list(self.sheet.check(values))
        self.problems += [self._problem(number, name, refusal) for name, refusal in found]
        if not found:
            self._seen.update(dict.fromkeys(marks.items(), number))
            self.ready.append(ReadyRow(number, values))

    def _value(self, number: int, column: Column) -> object:
        index = self.header.mapping.get(column.name)
        cell: Cell = None if index is None else self.table.cell(number, index)
        text = clean(cell)
        if is_error(text):
            raise NoResult if text == NO_RESULT else FormulaError(value=text)
        if not text or (isinstance(cell, str) and key(cell) in _NOTHING and not _meant(text)):
            if column.needed:
                raise Blank
            return None
        return column.convert(cell)

    def _marks(self, values: dict[str, object]) -> dict[str, Hashable]:
        """What of this row may come only once, by the column to report it under."""
        marks = {one.column: one.of(values) for one in self.sheet.unique}
        return {column: mark for column, mark in marks.items() if mark not in (None, "")}

    def _twice(self, number: int, marks: dict[str, Hashable]) -> list[tuple[str, Refusal]]:
        """Faults of a row that repeats a ready one."""
        return [
            (mark[0], AlreadyInFile(value=self._written(number, mark[0]), row=self._seen[mark]))
            for mark in marks.items()
            if mark in self._seen
        ]

    def _written(self, number: int, name: str) -> str:
        index = self.header.mapping.get(name)
        return "" if index is None else clean(self.table.cell(number, index))

    def _problem(self, number: int, name: str, refusal: Refusal) -> Problem:
        index = self.header.mapping.get(name)
        column = self.sheet.by_name.get(name)
        written = self.header.written(index) if index is not None else column.title if column else ""
        return Problem(self.table.sheet, number, written, refusal, name)


def _meant(text: str) -> bool:
    """A sign without letters can still say something: a tick, or a word in another alphabet."""
    return any(sign.isalnum() or sign in "✓✔☑✅☒🗹☐✗✘" for sign in text) and not key(text)
