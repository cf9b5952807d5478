"""Tables of accounts, one-time links and sign-in sessions (schema `access`)."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from lib.access import Role
from lib.db.base import Base, Code, Key


class Account(Base):
    """One person who may sign in. `scope_id` is the site, counsellor or partner of a scoped role."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(
            "(role in ('counsellor', 'site_referent', 'partner')) = (scope_id is not null)",
            name="scope_of_role",
        ),
        CheckConstraint("language in ('fr', 'en')", name="language"),
        {"schema": "access"},
    )

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(Code(Role))
    scope_id: Mapped[int | None] = mapped_column(BigInteger)
    language: Mapped[str] = mapped_column(Text, server_default="fr")
    password_hash: Mapped[str | None] = mapped_column(Text)
    password_set_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    failed_attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    locked_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    active: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(Integer, server_default="1")


class Invitation(Base):
    """A one-time link to choose a password; only the hash of its token is kept."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("purpose in ('invite', 'reset')", name="purpose"),
        Index(None, "account_id"),
        {"schema": "access"},
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("access.account.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    purpose: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SignInSession(Base):
    """One browser signed in; revoking it signs out every tab at its next rerun.

    The page that signed in holds a ticket of 30 seconds and exchanges it, once, for the cookie's token.
    """

    __tablename__ = "session"
    __table_args__ = (Index(None, "account_id"), {"schema": "access"})

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("access.account.id"))
    ticket_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    ticket_expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    browser: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AccountEvent(Base):
    """What was decided about an account, by whom and why; only added to."""

    __tablename__ = "account_event"
    __table_args__ = (Index(None, "account_id"), {"schema": "access"})

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("access.account.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    by_account_id: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
