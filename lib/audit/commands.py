"""What is written down without being a change: a record refused, a list taken away.

Everybody writes these rows and few read them, so nothing of a row is asked back when it is added (`inline`).
"""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from lib.access import Actor
from lib.audit.models import Denial, Export

LONGEST = 200


def log_denial(db: Session, actor: Actor, asked: str) -> None:
    """Somebody asked for what is not theirs to see, or does not exist."""
    row = {"account_id": actor.account_id, "role": actor.role.value, "asked": asked[:LONGEST]}
    db.execute(insert(Denial).values(row).inline())


def log_export(db: Session, actor: Actor, what: str, rows: int, columns: Sequence[str]) -> None:
    """A list leaves the application: what, how many rows, which columns."""
    row = {"account_id": actor.account_id, "role": actor.role.value, "what": what[:LONGEST], "rows": rows}
    db.execute(insert(Export).values(**row, columns=list(columns)).inline())
