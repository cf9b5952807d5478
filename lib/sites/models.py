"""Tables of the sites and of their changes of state."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, DateTime, ForeignKey, Index, Integer, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from lib.db.base import Base, Code, Key
from lib.sites.rules import Kind, SiteState


class Site(Base):
    """A hospital, clinic, association or institute that orients people. `name_key` is its name without accents,
    case and punctuation. `state` is changed together with a `SiteEvent`."""

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("target >= 0", name="target"),
        Index(None, "region_code"),
        Index(None, "department_code"),
        {"schema": "pilot"},
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[Kind] = mapped_column(Code(Kind))
    city: Mapped[str] = mapped_column(Text, server_default="")
    department_code: Mapped[str | None] = mapped_column(ForeignKey("pilot.department.code"))
    region_code: Mapped[str] = mapped_column(ForeignKey("pilot.region.code"))
    target: Mapped[int | None] = mapped_column(Integer)
    opening_on: Mapped[date | None] = mapped_column(Date)
    referent_name: Mapped[str] = mapped_column(Text, server_default="")
    referent_email: Mapped[str] = mapped_column(Text, server_default="")
    agreement_signed_on: Mapped[date | None] = mapped_column(Date)
    referent_named_on: Mapped[date | None] = mapped_column(Date)
    staff_briefed_on: Mapped[date | None] = mapped_column(Date)
    material_delivered_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[SiteState] = mapped_column(Code(SiteState), server_default=SiteState.PROSPECT.value)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(Integer, server_default="1")


class SiteEvent(Base):
    """One change of state of a site; only added to."""

    __tablename__ = "site_event"
    __table_args__ = (Index(None, "site_id", "effective_on"), {"schema": "pilot"})

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("pilot.site.id"))
    from_state: Mapped[SiteState | None] = mapped_column(Code(SiteState))
    to_state: Mapped[SiteState] = mapped_column(Code(SiteState))
    effective_on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    account_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text, server_default="")
