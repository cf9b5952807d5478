"""Two tables like those that coordinators keep, and workbooks made as they make them."""

import io
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from lib.refusal import Refusal
from lib.sheets.bad_cells import BadCell
from lib.sheets.cells import to_choice, to_department, to_email, to_number, to_whole, to_yes_no
from lib.sheets.dates import to_date
from lib.sheets.plan import Column, Row, Sheet, Unique
from lib.sheets.source import RawTable, open_file
from lib.sheets.text import key


class ClosedBeforeOpen(BadCell):
    """The rule across two columns of the example."""

    text = "La fermeture précède l'ouverture. Attendu : une date plus tardive."


def closed_after_open(row: Row) -> Iterable[tuple[str, Refusal]]:
    opened, closed = row["opened_on"], row["closed_on"]
    if opened and closed and str(closed) < str(opened):
        yield "closed_on", ClosedBeforeOpen()


PLACES = Sheet(
    kind="places",
    title="Lieux",
    columns=(
        Column("name", title="Nom du lieu", needed=True, synonyms=("Établissement",)),
        Column("kind", title="Type", convert=to_choice({"CHU": "chu", "Clinique": "clinic"})),
        Column("department", title="Département", convert=to_department, synonyms=("Dépt", "Dép.")),
        Column("target", title="Objectif d'inclusions", convert=partial(to_whole, minimum=0), needed=True),
        Column("opened_on", title="Date d'ouverture", convert=to_date),
        Column("closed_on", title="Date de fermeture", convert=to_date),
        Column("email", title="Référent (mail)", convert=to_email),
        Column("active", title="Actif", convert=to_yes_no),
    ),
    check=closed_after_open,
    unique=(Unique("name", lambda row: key(row["name"])),),
)

PEOPLE = Sheet(
    kind="people",
    title="Conseil",
    columns=(
        Column("name", title="Nom", needed=True),
        Column("email", title="Courriel", convert=to_email, needed=True, synonyms=("E-mail", "Mail")),
        Column("hours", title="Heures de pratique", convert=partial(to_number, minimum=0)),
        Column("since", title="Volontaire depuis", convert=to_date),
        Column("remark", title="Remarque"),
    ),
    unique=(Unique("email", lambda row: str(row["email"])),),
)

HEADER = ["Nom du lieu", "Type", "Dépt", "Objectif inclusions", "Date d’ouverture", "Référent·e (mail)"]


def made(fill: Callable[[Worksheet], Any], *others: str) -> bytes:
    """A workbook with one filled sheet named "Lieux 2026", then others with a single note."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Lieux 2026"
    fill(sheet)
    for name in others:
        book.create_sheet(name)["A1"] = "ne pas importer"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def workbook_of(*rows: Iterable[object]) -> bytes:
    """A plain workbook: one sheet, these rows from row 1 on."""

    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(list(row))

    return made(fill)


def tables_of(*rows: Iterable[object]) -> list[RawTable]:
    """The same, read back."""
    return open_file("lieux.xlsx", workbook_of(*rows))


def plain(text: str) -> str:
    """A sentence without its typography, to compare with what is typed in a test."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def sentence_of(call: Callable[..., object], *arguments: object) -> str | None:
    """What a refusal says, None when there is none; any other exception is a failure."""
    try:
        call(*arguments)
    except Refusal as refused:
        return str(refused)
    return None
