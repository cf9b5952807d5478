"""Tables of the pilot itself: settings, plan of inclusions, regions, departments and partners."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lib.db.base import Base, Key


class Setting(Base):
    """A named setting of the pilot, such as its being a demonstration."""

    __tablename__ = "setting"
    __table_args__ = {"schema": "pilot"}

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)


class Region(Base):
    """One of the 18 regions of France, 13 on the mainland and 5 overseas."""

    __tablename__ = "region"
    __table_args__ = {"schema": "pilot"}

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    overseas: Mapped[bool] = mapped_column()
    position: Mapped[int] = mapped_column(SmallInteger)


class Department(Base):
    """One of the 101 departments."""

    __tablename__ = "department"
    __table_args__ = (Index(None, "region_code"), {"schema": "pilot"})

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("pilot.region.code"))


class Partner(Base):
    """An organisation that watches the pilot."""

    __tablename__ = "partner"
    __table_args__ = {"schema": "pilot"}

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text, unique=True)


class Plan(Base):
    """One version of the planned inclusions; the newest is in force, the others stay readable."""

    __tablename__ = "plan"
    __table_args__ = {"schema": "pilot"}

    id: Mapped[Key]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    made_by: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text)


class PlanPoint(Base):
    """Inclusions planned to be reached, in all, on one date; straight lines join the points."""

    __tablename__ = "plan_point"
    __table_args__ = (CheckConstraint("inclusions >= 0", name="inclusions"), {"schema": "pilot"})

    plan_id: Mapped[int] = mapped_column(ForeignKey("pilot.plan.id"), primary_key=True)
    on_date: Mapped[date] = mapped_column(Date, primary_key=True)
    inclusions: Mapped[int] = mapped_column(Integer)


class ImportBatch(Base):
    """One file brought in: what kind, its fingerprint, how many rows were saved. Its name is not kept."""

    __tablename__ = "import_batch"
    __table_args__ = (Index(None, "digest"), {"schema": "pilot"})

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    rows: Mapped[int] = mapped_column(Integer)
    saved: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    account_id: Mapped[int] = mapped_column(BigInteger)
