"""Bytes to raw tables, with rows numbered as a spreadsheet program shows them."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lib.sheets.text import Cell, clean
from lib.sheets.text_file import read_text
from lib.sheets.wrong_files import (
    DamagedFile,
    Format,
    NoDataRow,
    PasswordProtected,
    TooHeavy,
    TooLarge,
    TooManyColumns,
    TooManyRows,
    recognise,
)

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_ROWS = 50_000
MAX_COLUMNS = 100
# Cells take ten times their size on disk once in memory.
MAX_CELLS = 1_500_000
_READER = Path(__file__).with_name("reader.py")
# The reader bounds its own processor time; this bounds a machine too busy to give it any.
_PATIENCE = 180.0


@dataclass(frozen=True)
class RawTable:
    """One sheet as it stands: `rows[0]` is row 1; `banners` are rows merged across, such as titles."""

    sheet: str
    rows: list[list[Cell]]
    banners: frozenset[int] = field(default=frozenset())

    def cell(self, number: int, column: int) -> Cell:
        """The cell of a row number and a column index; None beyond the end of a short row."""
        row = self.rows[number - 1]
        return row[column] if column < len(row) else None


def open_path(path: Path) -> list[RawTable]:
    """The tables of a file on disk; one that is too large is refused without being read."""
    check_size(path.stat().st_size)
    return open_file(path.name, path.read_bytes())


def open_file(name: str, content: bytes) -> list[RawTable]:
    """The tables of a workbook or CSV file, visible sheets first; raises an UnreadableFile."""
    check_size(len(content))
    if recognise(content) is Format.WORKBOOK:
        tables = [
            _table(found)
            for found in sorted(_read_workbook(content), key=lambda found: bool(found["hidden"]))
        ]
    else:
        rows = read_text(content, MAX_ROWS)
        tables = [RawTable(Path(name).stem, rows)]
        _check_extent(tables[0].sheet, len(rows), max(map(len, rows), default=0))
    if not any(clean(cell) for table in tables for row in table.rows for cell in row):
        raise NoDataRow
    return tables


def check_size(size: int) -> None:
    """Raises TooLarge beyond the limit."""
    if size > MAX_BYTES:
        raise TooLarge(size=-(-size // MEGABYTE), limit=MAX_BYTES // MEGABYTE)


def _check_extent(sheet: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise TooManyRows(sheet=sheet, count=rows, limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise TooManyColumns(sheet=sheet, count=columns, limit=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        raise TooHeavy


def _read_workbook(content: bytes) -> list[dict[str, Any]]:
    """What the reader's process found; see reader.py for why it is one of its own."""
    command = [sys.executable, "-I", str(_READER), *map(str, (MAX_ROWS, MAX_COLUMNS, MAX_CELLS))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise TooHeavy from error
    if done.returncode == 3:
        raise PasswordProtected
    if done.returncode == 5 or done.returncode < 0:
        raise TooHeavy
    if done.returncode:
        raise DamagedFile
    found: list[dict[str, Any]] = json.loads(done.stdout, object_hook=_revived)
    return found


def _revived(packed: dict[str, Any]) -> Any:
    if "d" in packed:
        return date.fromisoformat(packed["d"])
    return datetime.fromisoformat(packed["t"]) if "t" in packed else packed


def _table(found: dict[str, Any]) -> RawTable:
    """A sheet with the value of cells merged downwards repeated in each row, as the eye reads them."""
    if not found["hidden"]:
        _check_extent(found["sheet"], *found["extent"])
    rows: list[list[Cell]] = found["rows"]
    banners = set()
    for (top, left), (bottom, right) in found["merged"]:
        if top == bottom and right - left >= 2:
            banners.add(top + 1)
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return RawTable(found["sheet"], rows, frozenset(banners))
