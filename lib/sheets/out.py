"""Tables as files to download: XLSX with typed cells and a codebook, CSV as French programs expect it.

A text is never a formula, whatever it begins with: what a person typed must not run on another one's machine.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from lib.clock import PARIS
from lib.i18n import _
from lib.refusal import Labelled
from lib.sheets.text import clean

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST = 32_767
_FIRST_DAY = date(1900, 3, 1)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Kind(Labelled):
    """What the cells of a column hold; ANY follows the value itself."""

    TEXT = "text", "Texte"
    WHOLE = "whole", "Nombre entier"
    NUMBER = "number", "Nombre"
    PERCENT = "percent", "Pourcentage"
    DATE = "date", "Date (jour/mois/année)"
    MOMENT = "moment", "Date et heure (Paris)"
    YES_NO = "yes_no", "Oui ou non"
    ANY = "any", "Tel que dans le fichier"


_FORMATS = {
    Kind.WHOLE: "#,##0",
    Kind.NUMBER: "#,##0.00",
    Kind.PERCENT: "0.0%",
    Kind.DATE: "dd/mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#E3EFEE", "text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class OutColumn:
    """One column of a download; header and description come translated."""

    header: str
    kind: Kind = Kind.TEXT
    description: str = ""


def workbook(
    title: str,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[object]],
    codebook: bool = True,
    marked: Collection[tuple[int, int]] = (),
) -> bytes:
    """An XLSX file: frozen header, filter, typed cells; `marked` cells (row, column from 0) stand out."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        _data_sheet(book, title, columns, rows, marked)
        if codebook:
            entries = [(one.header, _(one.kind.label), one.description) for one in columns]
            about = [OutColumn(_("Colonne")), OutColumn(_("Contenu")), OutColumn(_("Signification"))]
            _data_sheet(book, _("Dictionnaire"), about, entries)
    return target.getvalue()


def _data_sheet(
    book: Any,
    title: str,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[object]],
    marked: Collection[tuple[int, int]] = (),
) -> None:
    sheet = book.add_worksheet(_sheet_name(title))
    head = book.add_format(_HEAD)
    styles, marks = _styles(book, {}), _styles(book, {"bg_color": "#FFE3B8"})
    widths = [len(column.header) for column in columns]
    for position, column in enumerate(columns):
        sheet.write_string(0, position, _text(column.header), head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for position, (column, value) in enumerate(zip(columns, row, strict=True)):
            chosen = marks if (last - 1, position) in marked else styles
            widths[position] = max(
                widths[position], _write(sheet, (last, position), column.kind, value, chosen)
            )
    for position, width in enumerate(widths):
        sheet.set_column(position, position, min(max(width + 2, 8), 60))
    if columns:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


def _styles(book: Any, more: dict[str, str]) -> dict[Kind, Any]:
    return {kind: book.add_format({"num_format": _FORMATS.get(kind, "General"), **more}) for kind in Kind}


def _write(sheet: Any, at: tuple[int, int], kind: Kind, value: object, styles: dict[Kind, Any]) -> int:
    """Write one cell as what it is; returns how wide it will look."""
    match value:
        case None:
            sheet.write_blank(*at, None, styles[Kind.TEXT])
            return 0
        case bool():
            text = _("Oui") if value else _("Non")
        case int() | float() | Decimal() if _fits(value):
            chosen = kind if kind in (Kind.WHOLE, Kind.NUMBER, Kind.PERCENT) else Kind.ANY
            sheet.write_number(*at, value, styles[chosen])
            return len(str(value)) + 2
        case datetime():
            local = value.astimezone(PARIS).replace(tzinfo=None) if value.tzinfo else value
            sheet.write_datetime(*at, local, styles[Kind.MOMENT])
            return 16
        case date() if value >= _FIRST_DAY:
            sheet.write_datetime(*at, value, styles[Kind.DATE])
            return 10
        case _:
            text = _text(value)
    sheet.write_string(*at, text, styles[Kind.TEXT])
    return len(text)


def _fits(value: float | Decimal) -> bool:
    """Whether a spreadsheet's number holds it: finite, and no more digits than it keeps."""
    number = Decimal(str(value))
    return number.is_finite() and (
        isinstance(value, float) or len(number.normalize().as_tuple().digits) <= 15
    )


def _text(value: object) -> str:
    text = value if isinstance(value, str) else clean(value)
    return _ILLEGAL.sub("", text)[:_LONGEST]


def _sheet_name(title: str) -> str:
    """A name that Excel allows: 31 characters, none of []:*?/\\ and no apostrophe at either end."""
    name = re.sub(r"[\[\]:*?/\\]", " ", _text(title))[:31].strip("' ")
    return name if name and name.casefold() != "history" else _("Données")


def csv_french(columns: Sequence[OutColumn], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with its mark, semicolons, decimal commas; an apostrophe before a text that could run."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([_inert(column.header) for column in columns])
    for row in rows:
        writer.writerow([_written(value) for _column, value in zip(columns, row, strict=True)])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", errors="ignore")


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("oui") if value else _("non")
        case int() | float() | Decimal():
            return format(Decimal(str(value)), "f").replace(".", ",") if _fits(value) else str(value)
        case datetime():
            local = value.astimezone(PARIS) if value.tzinfo else value
            return f"{local:%d/%m/}{local.year:04} {local:%H:%M}"
        case date():
            return f"{value:%d/%m/}{value.year:04}"
        case _:
            return _inert(_ILLEGAL.sub("", str(value)))


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_ACTIVE) else text
