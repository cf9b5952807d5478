"""What can be wrong with a whole file, and how to tell a spreadsheet by its first bytes."""

import io
import zipfile
from collections.abc import Iterable
from enum import StrEnum

from lib.refusal import Refusal


class UnreadableFile(Refusal):
    """The file as a whole cannot be used."""

    text = (
        "Ce fichier ne peut pas être lu. Attendu : un classeur Excel (.xlsx), LibreOffice (.ods) ou un CSV."
    )


class EmptyFile(UnreadableFile):
    """Zero bytes, or nothing but blanks."""

    text = "Ce fichier est vide. Vérifiez qu'il a bien été enregistré, puis déposez-le à nouveau."


class TooLarge(UnreadableFile):
    """More bytes than a study's table can need."""

    text = "Ce fichier pèse {size} Mo ; la limite est de {limit} Mo. Gardez seulement la feuille utile."


class TooHeavy(UnreadableFile):
    """Small on disk, enormous once unfolded: a zip bomb, or a lone cell a million rows down."""

    text = (
        "Une fois ouvert, ce fichier prendrait trop de place. "
        "Copiez le tableau utile dans un nouveau classeur, puis déposez ce classeur."
    )


class TooManyRows(UnreadableFile):
    """A sheet longer than what can be previewed."""

    text = (
        "La feuille « {sheet} » va jusqu'à la ligne {count} ; la limite est de {limit} lignes. "
        "Supprimez les lignes inutiles ou partagez le tableau en plusieurs fichiers."
    )


class TooManyColumns(UnreadableFile):
    """A sheet wider than any table of ours."""

    text = (
        "La feuille « {sheet} » a {count} colonnes ; la limite est de {limit} colonnes. "
        "Gardez seulement les colonnes utiles."
    )


class NoDataRow(UnreadableFile):
    """A header and nothing below, or blank sheets only."""

    text = "Ce fichier ne contient aucune ligne de données sous l'en-tête."


class PasswordProtected(UnreadableFile):
    """Encrypted: nobody but its owner can open it."""

    text = (
        "Ce fichier est protégé par un mot de passe. Ouvrez-le, enregistrez une copie sans mot de passe, "
        "puis déposez cette copie."
    )


class DamagedFile(UnreadableFile):
    """It began like a spreadsheet but cannot be read to its end."""

    text = (
        "Ce fichier est abîmé ou incomplet. "
        "Ouvrez-le dans votre tableur, enregistrez-le à nouveau, puis déposez-le."
    )


class UnclosedQuote(UnreadableFile):
    """A quotation mark swallows the rest of a CSV file: rows would disappear without a word."""

    text = (
        'À partir de la ligne {row}, un guillemet (") est ouvert et jamais refermé. '
        "Corrigez cette ligne ou enregistrez le tableau en .xlsx."
    )


class NotASpreadsheet(UnreadableFile):
    """Something else altogether."""

    text = (
        "Ce fichier n'est pas un tableau. Attendu : un classeur Excel (.xlsx), LibreOffice (.ods) ou un CSV."
    )


class AnImage(NotASpreadsheet):
    """A picture, perhaps a screenshot of the table."""

    text = "Ce fichier est une image, pas un tableau. Déposez le classeur lui-même (.xlsx, .ods ou .csv)."


class APdf(NotASpreadsheet):
    """A PDF, perhaps printed from the table."""

    text = "Ce fichier est un PDF, pas un tableau. Déposez le classeur d'origine (.xlsx, .ods ou .csv)."


class AWordFile(NotASpreadsheet):
    """A text document, whatever its name says."""

    text = (
        "Ce fichier est un document texte (Word ou équivalent), pas un tableau. "
        "Copiez le tableau dans un classeur, puis déposez ce classeur."
    )


class ASlideShow(NotASpreadsheet):
    """A presentation."""

    text = "Ce fichier est une présentation, pas un tableau. Déposez un classeur (.xlsx, .ods ou .csv)."


class ANumbersFile(NotASpreadsheet):
    """Apple Numbers keeps its own closed format."""

    text = "Ce fichier vient de Numbers. Choisissez Fichier, Exporter, Excel, puis déposez ce classeur."


class AnArchive(NotASpreadsheet):
    """A folder of files in one."""

    text = (
        "Ce fichier est une archive compressée. Décompressez-la, puis déposez le classeur qu'elle contient."
    )


class AWebPage(NotASpreadsheet):
    """HTML or XML, which some programs export under the name .xls."""

    text = (
        "Ce fichier est une page web ou du XML. Ouvrez-le dans votre tableur, puis enregistrez-le en .xlsx."
    )


class Format(StrEnum):
    """How the bytes are read."""

    WORKBOOK = "workbook"
    TEXT = "text"


_STARTS: tuple[tuple[bytes, type[NotASpreadsheet]], ...] = (
    *((start, AnImage) for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")),
    (b"%PDF", APdf),
    (b"{\\rtf", AWordFile),
    *((start, AnArchive) for start in (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")),
)
_PARTS: tuple[tuple[str, type[NotASpreadsheet]], ...] = (
    ("word/", AWordFile),
    ("ppt/", ASlideShow),
    ("Index/", ANumbersFile),
)
_OPEN_DOCUMENT = {b"text": AWordFile, b"presentation": ASlideShow, b"graphics": AnImage}
# A real table of 50,000 rows by 100 columns unfolds to less than this.
MAX_UNFOLDED = 600 * 1024 * 1024


def recognise(content: bytes) -> Format:
    """How to read these bytes; raises the refusal that names what they are instead."""
    if not content.strip(b"\0 \t\r\n"):
        raise EmptyFile
    if content.startswith(b"PK"):
        return _zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(content)
    for start, refusal in _STARTS:
        if content.startswith(start) and not (start == b"BM" and b"\0" not in content[:64]):
            raise refusal
    if content[:4] == b"RIFF" or content[4:8] == b"ftyp":
        raise AnImage
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise AWebPage
    return Format.TEXT


def _zip(content: bytes) -> Format:
    """Excel and LibreOffice files are zip archives; so are many others."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if sum(entry.file_size for entry in entries) > MAX_UNFOLDED:
                raise TooHeavy
            if any(entry.flag_bits & 1 for entry in entries):
                raise PasswordProtected
            if "mimetype" in names:
                _open_document(archive.read("mimetype")[:200])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFile from error
    return _parts(names)


def _parts(names: Iterable[str]) -> Format:
    for name in names:
        if name.startswith("xl/") or name == "content.xml":
            return Format.WORKBOOK
        for part, refusal in _PARTS:
            if name.startswith(part):
                raise refusal
    raise AnArchive


def _open_document(kind: bytes) -> None:
    for part, refusal in _OPEN_DOCUMENT.items():
        if b"opendocument." + part in kind:
            raise refusal


def _compound(content: bytes) -> Format:
    """The older Office container, also used around an encrypted modern file."""
    names = {
        name: name.encode("utf-16-le") in content for name in ("EncryptedPackage", "WordDocument", "Workbook")
    }
    if names["EncryptedPackage"]:
        raise PasswordProtected
    if names["Workbook"] or "Book\0".encode("utf-16-le") in content:
        return Format.WORKBOOK
    raise AWordFile if names["WordDocument"] else NotASpreadsheet
