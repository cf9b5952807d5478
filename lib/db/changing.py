"""A change of one row that refuses to overwrite somebody else's."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from lib.db.base import Base
from lib.refusal import ChangedMeanwhile, NotAllowed, NotFound


def change_row(
    db: Session, model: type[Base], row_id: int, version: int, values: Mapping[str, object]
) -> None:
    """Write `values` on the row if it still has this version, and move the version on.

    Raises ChangedMeanwhile, with the saved values of the same columns and the new `version`, when somebody
    saved another version; NotFound when there is no such row for this person, NotAllowed when it is not
    theirs to change.
    """
    table = cast(Table, model.__table__)
    columns = table.c
    done = cast(
        "CursorResult[Any]",
        db.execute(
            update(table)
            .where(columns.id == row_id, columns.version == version)
            .values(**values, version=version + 1)
        ),
    )
    if done.rowcount:
        db.expire_all()
        return
    asked = [columns[name] for name in (*values, "version")]
    found = db.execute(select(*asked).where(columns.id == row_id)).mappings().first()
    if found is None:
        raise NotFound
    if found["version"] == version:
        raise NotAllowed  # visible, unchanged, and yet not writable: a policy said no
    raise ChangedMeanwhile(theirs=dict(found))
