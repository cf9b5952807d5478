"""Tables of the kernel itself: the revision of the data, and submissions that were already done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from lib.db.base import Base, Key


class Revision(Base):
    """One row whose number grows by one with each committed transaction that wrote something."""

    __tablename__ = "revision"
    __table_args__ = {"schema": "pilot"}

    topic: Mapped[str] = mapped_column(Text, primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger, server_default="0")


class RevisionEvent(Base):
    """One row per writing transaction, gone at its commit: it carries the deferred bump of the revision."""

    __tablename__ = "revision_event"
    __table_args__ = {"schema": "pilot", "prefixes": ["UNLOGGED"]}

    id: Mapped[Key]


class Submission(Base):
    """The nonce of a form that was submitted: the same one twice is done once."""

    __tablename__ = "submission"
    __table_args__ = {"schema": "pilot"}

    nonce: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
