"""What is written down without being a change: a record refused, a list taken away."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from lib.access import Actor
from lib.audit.models import Denial, Export


def log_denial(db: Session, actor: Actor, asked: str) -> None:
    """Somebody asked for what is not theirs to see, or does not exist."""
    db.execute(insert(Denial).values(account_id=actor.account_id, role=actor.role.value, asked=asked[:200]))


def log_export(db: Session, actor: Actor, what: str, rows: int, columns: Sequence[str]) -> None:
    """A list leaves the application: what, how many rows, which columns."""
    db.execute(
        insert(Export).values(
            account_id=actor.account_id, role=actor.role.value, what=what, rows=rows, columns=list(columns)
        )
    )
