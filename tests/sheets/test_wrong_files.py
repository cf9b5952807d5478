"""A wrong file gets a sentence, never a stack trace, and never the memory of the machine."""

import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.sheets import source, wrong_files
from lib.sheets.out import OutColumn, workbook
from lib.sheets.source import open_file, open_path
from lib.sheets.wrong_files import UnreadableFile
from tests.sheets.examples import sentence_of, workbook_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(**parts: bytes) -> bytes:
    """An archive with these parts; a double underscore stands for a slash."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


WRONG: dict[str, tuple[bytes, type[UnreadableFile]]] = {
    "nothing": (b"", wrong_files.EmptyFile),
    "blanks": (b" \r\n\r\n", wrong_files.EmptyFile),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, wrong_files.AnImage),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"\0" * 100, wrong_files.AnImage),
    "webp": (b"RIFF\x10\0\0\0WEBP" + b"\0" * 50, wrong_files.AnImage),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 50, wrong_files.AnImage),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", wrong_files.APdf),
    "rtf": (b"{\\rtf1\\ansi", wrong_files.AWordFile),
    "docx": (zipped(word__document_xml=b"<w/>"), wrong_files.AWordFile),
    "pptx": (zipped(ppt__presentation=b"<p/>"), wrong_files.ASlideShow),
    "odt": (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), wrong_files.AWordFile),
    "numbers": (zipped(Index__Document=b"x"), wrong_files.ANumbersFile),
    "zip": (zipped(lieux=b"x"), wrong_files.AnArchive),
    "gzip": (b"\x1f\x8b" + b"\0" * 20, wrong_files.AnArchive),
    "html as xls": (b"<html><table></table></html>", wrong_files.AWebPage),
    "doc": (OLE + utf16("WordDocument"), wrong_files.AWordFile),
    "other ole": (OLE, wrong_files.NotASpreadsheet),
    "encrypted xlsx": (OLE + utf16("EncryptedPackage"), wrong_files.PasswordProtected),
    "broken xls": (OLE + utf16("Workbook"), wrong_files.DamagedFile),
    "truncated xlsx": (workbook_of(["Nom", "But"], ["A", 1])[:3000], wrong_files.DamagedFile),
    "empty xlsx": (workbook_of(), wrong_files.NoDataRow),
    "blank cells": (workbook_of([" ", "\u00a0"]), wrong_files.NoDataRow),
    "not xml": (zipped(xl__workbook_xml=b"<", xl=b""), wrong_files.DamagedFile),
    "binary": (bytes(range(256)) * 20, wrong_files.NotASpreadsheet),
    "300 columns": (workbook_of(range(300), range(300)), wrong_files.TooManyColumns),
    "300 columns csv": (b";".join([b"x"] * 300) + b"\n", wrong_files.TooManyColumns),
    "too many rows": (b"a;b\n" * (source.MAX_ROWS + 1), wrong_files.TooManyRows),
    "too many cells": ((b";" * 89 + b"x\n") * 20_000, wrong_files.TooHeavy),
    "unclosed quote": (b'Nom;But\nA;1\nB;"2\nC;3\nD;4\n', wrong_files.UnclosedQuote),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_is_named_for_what_it_is(kind: str) -> None:
    content, refusal = WRONG[kind]

    with pytest.raises(UnreadableFile) as refused:
        open_file("lieux.xlsx", content)

    assert type(refused.value) is refusal
    assert str(refused.value).endswith(".")


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "lieux.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()

    with pytest.raises(wrong_files.TooLarge, match="pèse 200 Mo ; la limite est de 20 Mo"):
        open_path(path)

    assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    tracemalloc.stop()


def sheet_xml(cells: bytes) -> Callable[[bytes], bytes]:
    """Change the only sheet of a workbook to these cells."""

    def change(content: bytes) -> bytes:
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                part = start + cells + b"</sheetData></worksheet>" if "sheet1" in name else old.read(name)
                new.writestr(name, part)
        return target.getvalue()

    return change


def test_a_lone_cell_at_the_far_end_does_not_take_the_memory_of_the_machine() -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'

    with pytest.raises(wrong_files.TooHeavy):
        open_file("x.xlsx", sheet_xml(far)(workbook_of(["a"])))


def test_a_lone_cell_far_down_says_where_the_sheet_ends() -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="A900000"><v>2</v></c></row>'

    with pytest.raises(wrong_files.TooManyRows, match="jusqu'à la ligne 900000"):
        open_file("x.xlsx", sheet_xml(far)(workbook_of(["a"])))


def test_one_long_text_in_very_many_cells_is_too_heavy() -> None:
    rows = [["x" * 30_000] * 26] * 300

    with pytest.raises(wrong_files.TooHeavy):
        open_file("x.xlsx", workbook("Lieux", [OutColumn("Nom")] * 26, rows, codebook=False))


def test_a_zip_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_files, "MAX_UNFOLDED", 50 * 1024 * 1024)
    bomb = sheet_xml(b" " * (wrong_files.MAX_UNFOLDED + 1))(workbook_of(["a"]))
    assert len(bomb) < 200_000
    tracemalloc.start()

    with pytest.raises(wrong_files.TooHeavy):
        open_file("x.xlsx", bomb)

    assert tracemalloc.get_traced_memory()[1] < 10 * 1024 * 1024
    tracemalloc.stop()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8))
def test_no_damage_breaks_more_than_the_reading(changes: list[tuple[float, int]]) -> None:
    content = bytearray(workbook_of(["Nom", "But"], ["A", 1], ["B", 2]))
    for place, byte in changes:
        content[int(place * len(content))] = byte

    assert sentence_of(open_file, "x.xlsx", bytes(content)) != ""


@given(st.binary(max_size=400))
def test_no_bytes_break_the_recognition(content: bytes) -> None:
    assert sentence_of(wrong_files.recognise, content) != ""


def test_nothing_of_the_application_reaches_the_reading_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PYTHONPATH", "/nowhere")
    monkeypatch.setitem(os.environ, "PYTHONSTARTUP", "/nowhere/else.py")

    assert open_file("x.xlsx", workbook_of(["a", "b"]))[0].rows == [["a", "b"]]
