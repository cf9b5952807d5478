"""CSV and other text tables: which encoding, which separator, then the standard reader."""

import codecs
import csv
import io
import re

from lib.sheets.text import Cell
from lib.sheets.wrong_files import NotASpreadsheet, TooManyRows, UnclosedQuote

# What French spreadsheet programs have written over the years: Windows, Unix, older Macs, DOS.
_ENCODINGS = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_FRENCH = re.compile(r"[éèêëàâäîïôöûüùçœæñ«»°’€…·–\u00a0]|(?<![a-zé])[ÉÈÊËÀÂÄÎÏÔÖÛÜÙÇŒÆ]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ";\t,|"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 60


def decode(content: bytes) -> str:
    """The text, by its mark, else as UTF-8, else in the encoding that gives the most French letters."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").lstrip("\ufeff")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode(max(_ENCODINGS, key=lambda one: _frenchness(content, one)), errors="replace")
    if _CONTROL.search(text[:100_000]):
        raise NotASpreadsheet
    return text


def _frenchness(content: bytes, encoding: str) -> int:
    """How much more French than foreign the accented signs look: four candidates need no wider guess."""
    text = content[:1_000_000].decode(encoding, errors="replace")
    return 2 * len(_FRENCH.findall(text)) - len(_FOREIGN.findall(text))


def separator(text: str) -> str:
    """The sign that cuts most rows into as many cells; titles and decimal commas do not mislead it."""
    best, score = ";", (0, 0)
    for sign in _SEPARATORS:
        lines = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign)
        widths = [len(row) for row, _ in zip(lines, range(_SAMPLE), strict=False) if len(row) > 1]
        if widths:
            usual = max(set(widths), key=lambda width: (widths.count(width), width))
            if (widths.count(usual), usual) > score:
                best, score = sign, (widths.count(usual), usual)
    return best


def read_text(content: bytes, most: int) -> list[list[Cell]]:
    """The records of a text table; a line break inside quotes does not start a new row."""
    text = decode(content)
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    text, sign = (text[told.end() :], told.group(1)) if told else (text, separator(text))
    rows: list[list[Cell]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append([cell or None for cell in record])
            if len(rows) > most:
                raise TooManyRows(sheet="CSV", count=len(rows), limit=most)
    except csv.Error as error:
        raise UnclosedQuote(row=len(rows) + 1) from error
    _check_quotes(text, sign, len(rows))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _check_quotes(text: str, sign: str, last: int) -> None:
    """Raises UnclosedQuote when the last record ends inside quotes, which the lenient reader lets pass."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True):
            continue
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise UnclosedQuote(row=last) from error
