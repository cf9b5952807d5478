"""What administration reads about accounts: the list, one account, its links, sessions and decisions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from lib.access import Role
from lib.accounts.models import Account, AccountEvent, Invitation, SignInSession
from lib.accounts.rules import AccountState, Action, Purpose
from lib.db import Query
from lib.db.base import Code

MOST_ACCOUNTS = 200
MOST_SESSIONS = 50


@dataclass(frozen=True)
class AccountRow:
    """One account in the list, with when it was last seen and what is open for it."""

    id: int
    login: str
    name: str
    role: Role
    scope_id: int | None
    state: AccountState
    seen_at: datetime | None
    sessions: int
    link_until: datetime | None
    version: int


@dataclass(frozen=True)
class SessionRow:
    """One browser signed in at this moment."""

    id: int
    account_id: int
    name: str
    browser: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class DecisionRow:
    """What was decided about an account, by whom and why; for a link or an invitation, what it was for."""

    at: datetime
    by: str | None
    action: Action
    reason: Role | Purpose | str


def _state(now: datetime) -> ColumnElement[AccountState]:
    return case(
        (Account.active.is_(False), literal(AccountState.INACTIVE, Code(AccountState))),
        (Account.password_set_at.is_(None), literal(AccountState.WAITING, Code(AccountState))),
        (Account.locked_until > now, literal(AccountState.LOCKED, Code(AccountState))),
        else_=literal(AccountState.ACTIVE, Code(AccountState)),
    )


def _accounts(now: datetime) -> Select[*tuple[object, ...]]:
    own = SignInSession.account_id == Account.id
    live = SignInSession.revoked_at.is_(None), SignInSession.expires_at > now
    open_link = Invitation.account_id == Account.id, Invitation.used_at.is_(None), Invitation.expires_at > now
    return select(
        Account.id,
        Account.login,
        Account.name,
        Account.role,
        Account.scope_id,
        _state(now).label("state"),
        select(func.max(SignInSession.seen_at)).where(own).scalar_subquery(),
        select(func.count()).where(own, *live).scalar_subquery(),
        select(func.max(Invitation.expires_at)).where(*open_link).scalar_subquery(),
        Account.version,
    )


def accounts(
    now: datetime, words: str = "", role: Role | None = None, state: AccountState | None = None
) -> Query[AccountRow]:
    """Accounts by name. Sessions and links move without the revision, so nothing is kept."""
    statement = _accounts(now).order_by(func.lower(Account.name), Account.id).limit(MOST_ACCOUNTS)
    if words:
        statement = statement.where(
            or_(
                Account.name.icontains(words, autoescape=True),
                Account.login.icontains(words, autoescape=True),
            )
        )
    if role is not None:
        statement = statement.where(Account.role == role)
    if state is not None:
        statement = statement.where(_state(now) == literal(state, Code(AccountState)))
    return Query(statement, AccountRow, keep=False)


def account(account_id: int, now: datetime) -> Query[AccountRow]:
    return Query(_accounts(now).where(Account.id == account_id), AccountRow, keep=False)


def account_of_login(login: str, now: datetime) -> Query[AccountRow]:
    return Query(_accounts(now).where(Account.login == login), AccountRow, keep=False)


def sessions(now: datetime, account_id: int | None = None) -> Query[SessionRow]:
    """Browsers signed in, the one seen last first; of one account or of all."""
    statement = (
        select(
            SignInSession.id,
            SignInSession.account_id,
            Account.name,
            SignInSession.browser,
            SignInSession.created_at,
            SignInSession.seen_at,
            SignInSession.expires_at,
        )
        .join(Account, Account.id == SignInSession.account_id)
        .where(SignInSession.revoked_at.is_(None), SignInSession.expires_at > now)
        .order_by(SignInSession.seen_at.desc(), SignInSession.id)
        .limit(MOST_SESSIONS)
    )
    if account_id is not None:
        statement = statement.where(SignInSession.account_id == account_id)
    return Query(statement, SessionRow, keep=False)


def decisions(account_id: int) -> Query[DecisionRow]:
    """What was decided about this account, the newest first."""
    by = aliased(Account)
    statement = (
        select(AccountEvent.at, by.name, AccountEvent.action, AccountEvent.reason)
        .outerjoin(by, by.id == AccountEvent.by_account_id)
        .where(AccountEvent.account_id == account_id)
        .order_by(AccountEvent.id.desc())
        .limit(MOST_SESSIONS)
    )
    return Query(statement, _decision)


def _decision(at: datetime, by: str | None, action: str, reason: str) -> DecisionRow:
    known = Action(action)
    if known is Action.INVITED:
        return DecisionRow(at, by, known, Role(reason))
    if known is Action.LINKED:
        return DecisionRow(at, by, known, Purpose(reason))
    return DecisionRow(at, by, known, reason)
