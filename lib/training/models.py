"""Tables of the volunteer counsellors."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, Index, Integer, Numeric, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from lib.db.base import Base, Key


class Counsellor(Base):
    """A volunteer counsellor of the register. `email_key` is the address in lower case."""

    __tablename__ = "counsellor"
    __table_args__ = (
        CheckConstraint("practice_hours >= 0", name="practice_hours"),
        Index(None, "region_code"),
        {"schema": "pilot"},
    )

    id: Mapped[Key]
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, server_default="")
    region_code: Mapped[str | None] = mapped_column(ForeignKey("pilot.region.code"))
    email: Mapped[str] = mapped_column(Text)
    email_key: Mapped[str] = mapped_column(Text, unique=True)
    practice_hours: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    volunteer_since: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(Integer, server_default="1")
