"""Tables of the path (schema `pilot`) and of the identities kept apart (schema `vault`)."""

from datetime import date, datetime

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
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lib.db.base import Base, Code, Key
from lib.journey.rules import Answer, Channel, ConsentKind, Employment, Reason, Sex, State, Wave

_WAITING = "state in ('identified', 'screening', 'eligible', 'informed', 'deferred')"


class Beneficiary(Base):
    """A person in the study, under a random code. Everything from `state` on is derived by a trigger from the
    person's events: no role may write it. `furthest` is an index into `rules.STEPS`, `seq` the last event's number."""

    __tablename__ = "beneficiary"
    __table_args__ = (
        CheckConstraint("code ~ '^BC-[2345679ACDEFHJKMNPRTWXY]{4,8}$'", name="code"),
        CheckConstraint("birth_year between 1900 and 2100", name="birth_year"),
        Index(None, "site_id", "state"),
        Index(None, "referred_on", "id"),
        Index("ix_beneficiary_waiting", "state", "state_since", postgresql_where=text(_WAITING)),
        Index(None, "included_on", postgresql_where=text("included_on is not null")),
        {"schema": "pilot"},
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(Text, unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("pilot.site.id"))
    channel: Mapped[Channel | None] = mapped_column(Code(Channel))
    wave: Mapped[Wave] = mapped_column(Code(Wave))
    referred_on: Mapped[date] = mapped_column(Date)
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    sex: Mapped[Sex | None] = mapped_column(Code(Sex))
    employment: Mapped[Employment | None] = mapped_column(Code(Employment))
    source_key: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    source_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    state: Mapped[State | None] = mapped_column(Code(State))
    state_since: Mapped[date | None] = mapped_column(Date)
    seq: Mapped[int] = mapped_column(Integer, server_default="0")
    furthest: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    reason_code: Mapped[Reason | None] = mapped_column(Code(Reason))
    recontact_on: Mapped[date | None] = mapped_column(Date)
    informed_on: Mapped[date | None] = mapped_column(Date)
    included_on: Mapped[date | None] = mapped_column(Date)


class StateEvent(Base):
    """One change of state of one person; only added to. `seq` counts from 1 for each person."""

    __tablename__ = "state_event"
    __table_args__ = (UniqueConstraint("beneficiary_id", "seq"), {"schema": "pilot"})

    id: Mapped[Key]
    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("pilot.beneficiary.id"))
    seq: Mapped[int] = mapped_column(Integer)
    from_state: Mapped[State | None] = mapped_column(Code(State))
    to_state: Mapped[State] = mapped_column(Code(State))
    effective_on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    account_id: Mapped[int] = mapped_column(BigInteger)
    reason_code: Mapped[Reason | None] = mapped_column(Code(Reason))
    recontact_on: Mapped[date | None] = mapped_column(Date)
    note_version: Mapped[str] = mapped_column(Text, server_default="")
    note: Mapped[str] = mapped_column(Text, server_default="")


class Consent(Base):
    """One answer of one person to one of the five consents; only added to, the newest counts."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "beneficiary_id", "kind"), {"schema": "pilot"})

    id: Mapped[Key]
    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("pilot.beneficiary.id"))
    kind: Mapped[ConsentKind] = mapped_column(Code(ConsentKind))
    answer: Mapped[Answer] = mapped_column(Code(Answer))
    effective_on: Mapped[date] = mapped_column(Date)
    form_version: Mapped[str] = mapped_column(Text, server_default="")
    recipient: Mapped[str] = mapped_column(Text, server_default="")
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    account_id: Mapped[int] = mapped_column(BigInteger)


class Identity(Base):
    """A person's name and contact, sealed by the application with a key that the database does not hold."""

    __tablename__ = "identity"
    __table_args__ = {"schema": "vault"}

    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("pilot.beneficiary.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    sealed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Trace(Base):
    """A keyed hash of a person's name and birth year, or of a contact: it warns of a duplicate, it names nobody."""

    __tablename__ = "trace"
    __table_args__ = (Index(None, "digest"), {"schema": "vault"})

    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("pilot.beneficiary.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
