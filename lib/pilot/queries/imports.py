"""The journal of files brought in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lib.db import Query
from lib.pilot.models import ImportBatch


@dataclass(frozen=True)
class PastImport:
    """One file that brought something new."""

    kind: str
    at: datetime
    rows: int
    saved: int


def past_imports(digest: bytes | None = None, limit: int = 20) -> Query[PastImport]:
    """The latest imports, or those of one and the same file."""
    statement = select(ImportBatch.kind, ImportBatch.at, ImportBatch.rows, ImportBatch.saved)
    if digest is not None:
        statement = statement.where(ImportBatch.digest == digest)
    return Query(statement.order_by(ImportBatch.id.desc()).limit(limit), PastImport)
