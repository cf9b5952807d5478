"""Counts kept by triggers, so that the recruitment page costs the same with 100 people as with 100,000."""

from datetime import date

from sqlalchemy import BigInteger, Date, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from lib.db.base import Base, Code
from lib.journey.rules import State, Wave


class FlowCount(Base):
    """People by site, wave, month of orientation, furthest step, state and reason ('' where there is none)."""

    __tablename__ = "flow_count"
    __table_args__ = {"schema": "pilot"}

    site_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    wave: Mapped[Wave] = mapped_column(Code(Wave), primary_key=True)
    month_on: Mapped[date] = mapped_column(Date, primary_key=True)
    furthest: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    state: Mapped[State] = mapped_column(Code(State), primary_key=True)
    reason: Mapped[str] = mapped_column(Text, primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


class InclusionCount(Base):
    """Inclusions by site, wave, month of orientation and week (its Monday)."""

    __tablename__ = "inclusion_count"
    __table_args__ = {"schema": "pilot"}

    site_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    wave: Mapped[Wave] = mapped_column(Code(Wave), primary_key=True)
    month_on: Mapped[date] = mapped_column(Date, primary_key=True)
    week_on: Mapped[date] = mapped_column(Date, primary_key=True)
    n: Mapped[int] = mapped_column(Integer)
