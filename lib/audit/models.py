"""Tables of schema `audit`: written by triggers and functions, never changed, read through policies."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Index, Integer, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lib.db.base import Base, Key


class Change(Base):
    """One row changed by one person, before and after; secrets and sealed columns are left out."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "table_name", "row_key"), Index(None, "at"), {"schema": "audit"})

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    role: Mapped[str | None] = mapped_column(Text)
    verb: Mapped[str] = mapped_column(Text)
    table_name: Mapped[str] = mapped_column(Text)
    row_key: Mapped[str] = mapped_column(Text)
    about_person: Mapped[bool] = mapped_column()
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class Reveal(Base):
    """One identity shown to one person, with the reason that they gave."""

    __tablename__ = "reveal"
    __table_args__ = (Index(None, "beneficiary_id"), {"schema": "audit"})

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    account_id: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(Text)
    beneficiary_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class Denial(Base):
    """Somebody asked for a record that is not theirs to see, or that does not exist."""

    __tablename__ = "denial"
    __table_args__ = {"schema": "audit"}

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    account_id: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(Text)
    asked: Mapped[str] = mapped_column(Text)


class Export(Base):
    """One download of a list: what, how many rows, and which columns."""

    __tablename__ = "export"
    __table_args__ = {"schema": "audit"}

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    account_id: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    rows: Mapped[int] = mapped_column(Integer)
    columns: Mapped[list[str]] = mapped_column(ARRAY(Text))
