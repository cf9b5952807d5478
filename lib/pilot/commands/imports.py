"""The journal of files brought in."""

from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.pilot.models import ImportBatch
from lib.sheets.importing import Saved
from lib.sheets.preview import Preview


def note_import(
    db: Session, actor: Actor, kind: str, preview: Preview, digest: bytes, outcome: Saved
) -> None:
    """Remember that this file was brought in; a file that brought nothing new leaves no second line."""
    actor.require(Permission.IMPORT_FILES)
    if outcome.saved:
        db.add(
            ImportBatch(
                kind=kind,
                digest=digest,
                rows=preview.rows,
                saved=outcome.saved,
                account_id=actor.account_id,
            )
        )
        db.flush()
