"""What a kind of file needs to be brought in: a plan of its columns, and a way to save the rows that are ready.

A slice declares one `Importer` per kind of file; the screen and the command line know nothing else of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from lib.access import Actor
from lib.refusal import Refusal
from lib.sheets.plan import Sheet
from lib.sheets.preview import Preview

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Saved:
    """What came of it: rows that are new, and rows that were already there word for word."""

    saved: int
    unchanged: int = 0


class PreviewOutdated(Refusal):
    """Between the preview and the save somebody changed what the preview was checked against."""

    text = (
        "Les données ont changé depuis l'aperçu (ligne {row} : {name}). Rien n'a été enregistré : "
        "déposez le fichier à nouveau pour le vérifier."
    )


Accepted: TypeAlias = Mapping[str, object]
"""A name as typed in the file to the recorded value (an id) that a person said it stands for."""
MakeSheet: TypeAlias = "Callable[[Actor, date, Accepted], Sheet]"
"""(actor, today, accepted) to the plan; it may read what is already recorded, to compare and to propose."""
SaveRows: TypeAlias = "Callable[[Session, Actor, Preview, bytes, date], Saved]"
"""(db, actor, preview, digest, today): save every ready row, or raise and save none."""


@dataclass(frozen=True)
class Importer:
    """One kind of file. `title` and `about` are French texts of the catalogue."""

    kind: str
    title: str
    about: str
    sheet: MakeSheet
    save: SaveRows


def digest_of(content: bytes) -> bytes:
    """The fingerprint by which the same file is recognised."""
    return sha256(content).digest()
