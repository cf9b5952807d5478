"""Reads a workbook from stdin in a process of its own and prints its cells as JSON.

A file made to break its reader ends this process, not the application: the memory it may take is bounded,
and a crash of the reading library is no more than an exit status. Run as a script, never imported by the app.
"""

import io
import json
import re
import sys
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
# One long text shared by many cells is small in the file and must not be large in the application.
OUTPUT = 100 * 1024 * 1024
NO_RESULT = "#FORMULE?"
# An error (#REF!) would be read as a blank cell: shown as text instead, it can be named to the person.
_ERROR = re.compile(rb'(<(?:\w+:)?c\b[^>]*\bt=)"e"')
# A formula never computed by a spreadsheet program has no stored value, and is never run here.
_UNCOMPUTED = re.compile(
    rb'<((?:\w+:)?)c\b([^>]*?)(?:\st="\w+")?([^>/]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_TOLD = rb'<\1c\2\3 t="str"><\1v>' + NO_RESULT.encode() + rb"</\1v></\1c>"


def bound() -> None:
    """Let the system stop this process before it takes the machine's memory or time."""
    try:
        import resource
    except ImportError:  # no such limits on this system: the declared sizes checked before are all there is
        return
    limits = [("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_CORE", 0)]
    for name, limit in limits:
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (AttributeError, OSError, ValueError):
            continue


def told(content: bytes) -> bytes:
    """The same workbook with errors and uncomputed formulas turned into text; untouched if it has none."""
    if not content.startswith(b"PK"):
        return content
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                before = archive.read(name)
                after = _ERROR.sub(rb'\1"str"', before) if b'"e"' in before else before
                after = _UNCOMPUTED.sub(_TOLD, after) if b"f>" in after or b"f/>" in after else after
                if after != before:
                    changed[name] = after
        return rewritten(archive, changed) if changed else content


def rewritten(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """The archive with some of its parts replaced."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as copy:
        for name in archive.namelist():
            copy.writestr(name, changed.get(name) or archive.read(name))
    return result.getvalue()


def plain(cell: Any) -> Any:
    """A cell as JSON can carry it."""
    if cell == "":
        return None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        return {"d": cell.date().isoformat()} if cell.time() == time() else {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell


def sheet(found: Any, hidden: bool, limits: list[int]) -> dict[str, Any]:
    """One sheet: its rows from row 1 on, or only its extent when that passes the limits."""
    bottom, right = (found.end[0] + 1, found.end[1] + 1) if found.end else (0, 0)
    result: dict[str, Any] = {
        "sheet": found.name,
        "hidden": hidden,
        "extent": [bottom, right],
        "rows": [],
        "merged": [],
    }
    if bottom and bottom <= limits[0] and right <= limits[1] and bottom * right <= limits[2]:
        result["rows"] = [[plain(cell) for cell in row] for row in found.to_python(skip_empty_area=False)]
        result["merged"] = found.merged_cell_ranges or []
    return result


def main() -> int:
    """Exit status 3: password; 4: damaged; 5: out of memory, as is a process that the system stops."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    limits = [int(argument) for argument in sys.argv[1:]]
    content = sys.stdin.buffer.read()
    bound()
    try:
        workbook = load_workbook(io.BytesIO(told(content)))
        sheets = [
            sheet(workbook.get_sheet_by_name(about.name), about.visible != SheetVisibleEnum.Visible, limits)
            for about in workbook.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        return 3
    except MemoryError:
        return 5
    except (CalamineError, zipfile.BadZipFile, ValueError, EOFError, KeyError, zlib.error):
        return 4
    printed = json.dumps(sheets)
    if len(printed) > OUTPUT:
        return 5
    sys.stdout.write(printed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
