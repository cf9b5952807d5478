"""What administration decides about accounts: who may come in, as what, and until when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lib.access import Actor, Permission, Role
from lib.access.grants import SCOPED
from lib.accounts import rules
from lib.accounts.commands.tokens import fingerprint, new_token
from lib.accounts.models import Account, AccountEvent, Invitation, SignInSession
from lib.accounts.rules import Action, Purpose
from lib.db.changing import change_row
from lib.refusal import NotFound


@dataclass(frozen=True)
class Invite:
    """A new account, and the link to choose its passphrase."""

    login: str
    name: str
    role: Role
    scope_id: int | None = None


@dataclass(frozen=True)
class ChangeRole:
    """Another role or scope, for a reason; `version` is the one that was on screen."""

    account_id: int
    version: int
    role: Role
    scope_id: int | None
    reason: str


@dataclass(frozen=True)
class SetActive:
    """Close an account, or open it again, for a reason."""

    account_id: int
    version: int
    active: bool
    reason: str


@dataclass(frozen=True)
class Link:
    """A one-time link as it is shown once: only the fingerprint of its token is kept."""

    account_id: int
    login: str
    token: str
    purpose: Purpose
    expires_at: datetime


def invite(db: Session, actor: Actor, command: Invite, now: datetime) -> Link:
    """Add the account and make its first link."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    login = rules.clean_login(command.login)
    row = {
        "login": login,
        "name": rules.clean_name(command.name),
        "role": command.role,
        "scope_id": _scope_for(command.role, command.scope_id),
    }
    try:
        account_id = db.scalars(insert(Account).values(row).returning(Account.id)).one()
    except IntegrityError as error:
        raise rules.LoginTaken(login=login) from error
    _note(db, actor, account_id, Action.INVITED, command.role.value)
    return _link(db, account_id, login, Purpose.INVITE, now)


def make_link(db: Session, actor: Actor, account_id: int, now: datetime) -> Link:
    """A new link for an account; any earlier one stops working."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    found = db.execute(
        select(Account.login, Account.active, Account.password_set_at).where(Account.id == account_id)
    ).first()
    if found is None:
        raise NotFound
    login, active, password_set_at = found
    if not active:
        raise rules.AccountInactive
    purpose = Purpose.INVITE if password_set_at is None else Purpose.RESET
    _expire_links(db, account_id, now)
    _note(db, actor, account_id, Action.LINKED, purpose.value)
    return _link(db, account_id, login, purpose, now)


def cancel_links(db: Session, actor: Actor, account_id: int, now: datetime) -> None:
    """The open links of an account stop working."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    if _expire_links(db, account_id, now):
        _note(db, actor, account_id, Action.LINK_CANCELLED, "")


def change_role(db: Session, actor: Actor, command: ChangeRole) -> None:
    """The person's next click happens in the new role. Raises LastAdministrator, ChangedMeanwhile."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    reason = rules.clean_reason(command.reason)
    values = {"role": command.role, "scope_id": _scope_for(command.role, command.scope_id)}
    change_row(db, Account, command.account_id, command.version, values)
    _note(db, actor, command.account_id, Action.ROLE_CHANGED, reason)


def set_active(db: Session, actor: Actor, command: SetActive, now: datetime) -> None:
    """Deactivating ends all sessions and links at once. Raises LastAdministrator, ChangedMeanwhile."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    reason = rules.clean_reason(command.reason)
    change_row(db, Account, command.account_id, command.version, {"active": command.active})
    if not command.active:
        _end_sessions(db, command.account_id, now)
        _expire_links(db, command.account_id, now)
    action = Action.REACTIVATED if command.active else Action.DEACTIVATED
    _note(db, actor, command.account_id, action, reason)


def end_session(db: Session, actor: Actor, session_id: int, now: datetime) -> None:
    """Sign one browser out."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    live = SignInSession.id == session_id, SignInSession.revoked_at.is_(None)
    account_id = db.scalar(
        update(SignInSession).where(*live).values(revoked_at=now).returning(SignInSession.account_id)
    )
    if account_id is None:
        raise NotFound
    _note(db, actor, account_id, Action.SESSIONS_ENDED, "")


def end_sessions(db: Session, actor: Actor, account_id: int, now: datetime) -> None:
    """Sign every browser of a person out."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    _end_sessions(db, account_id, now)
    _note(db, actor, account_id, Action.SESSIONS_ENDED, "")


def _scope_for(role: Role, scope_id: int | None) -> int | None:
    """The scope to keep with this role: none where the role sees the whole pilot."""
    if role not in SCOPED:
        return None
    if scope_id is None:
        raise rules.ScopeMissing(role=role.label)
    return scope_id


def _note(db: Session, actor: Actor, account_id: int, action: Action, reason: str) -> None:
    row = {"account_id": account_id, "by_account_id": actor.account_id, "action": action.value}
    db.execute(insert(AccountEvent).values(**row, reason=reason))


def _link(db: Session, account_id: int, login: str, purpose: Purpose, now: datetime) -> Link:
    token, expires_at = new_token(), now + rules.LINK_LIFETIME
    row = {"account_id": account_id, "token_hash": fingerprint(token), "purpose": purpose.value}
    db.execute(insert(Invitation).values(**row, expires_at=expires_at))
    return Link(account_id, login, token, purpose, expires_at)


def _expire_links(db: Session, account_id: int, now: datetime) -> bool:
    open_ones = (
        Invitation.account_id == account_id,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    closed = db.scalars(update(Invitation).where(*open_ones).values(expires_at=now).returning(Invitation.id))
    return bool(closed.all())


def _end_sessions(db: Session, account_id: int, now: datetime) -> None:
    live = SignInSession.account_id == account_id, SignInSession.revoked_at.is_(None)
    db.execute(update(SignInSession).where(*live).values(revoked_at=now))
