"""Signing in and out: a session row in the database, a one-time ticket, and the cookie it is exchanged for."""

from dataclasses import dataclass
from datetime import datetime

from lib.access import Actor, Role
from lib.accounts import rules
from lib.accounts.commands.door import ask, ask_one
from lib.accounts.commands.tokens import fingerprint, new_token
from lib.db.reading import note_revision

LONGEST_BROWSER_NAME = 200


@dataclass(frozen=True)
class SignedIn:
    """A session that has begun; the ticket is exchanged once, within 30 seconds, for the cookie."""

    session_id: int
    ticket: str


@dataclass(frozen=True)
class Cookie:
    """What the browser keeps of a session."""

    token: str
    max_age_seconds: int


def sign_in(login: str, password: str, browser: str, now: datetime) -> SignedIn:
    """Open a session. Raises SignInRefused, alike for whatever reason and after the same work."""
    from lib.accounts.commands.authenticator import matches

    known = login.strip().lower()
    found = ask(
        "select id, password_hash from access.begin_attempt(%(login)s, %(at)s, %(most)s, %(pause)s)",
        login=known,
        at=now,
        most=rules.MOST_FAILURES,
        pause=rules.LOCKOUT,
    )
    account_id, kept_hash = found[0] if found else (None, None)
    if not matches(known, password, kept_hash):
        raise rules.SignInRefused
    ticket = new_token()
    session_id = ask_one(
        "select access.open_session(%(account)s, %(ticket)s, %(browser)s, %(lifetime)s)",
        account=account_id,
        ticket=fingerprint(ticket),
        browser=browser[:LONGEST_BROWSER_NAME],
        lifetime=rules.SESSION_LIFETIME,
    )
    if session_id is None:
        raise rules.SignInRefused
    return SignedIn(session_id, ticket)


def exchange_ticket(ticket: str) -> Cookie | None:
    """The cookie of the session that this ticket opened; None when it was used or has expired."""
    token = new_token()
    left = ask_one(
        "select access.exchange_ticket(%(ticket)s, %(token)s)",
        ticket=fingerprint(ticket),
        token=fingerprint(token),
    )
    return None if left is None else Cookie(token, int(left.total_seconds()))


def session_of_token(token: str) -> int | None:
    """The live session of a cookie."""
    session_id = ask_one("select access.session_of_token(%(token)s)", token=fingerprint(token))
    return None if session_id is None else int(session_id)


def current(session_id: int) -> tuple[Actor, int] | None:
    """Who acts in this session and the revision of the data, or None once it has ended."""
    found = ask(
        "select account_id, name, role, scope_id, language, revision from access.session_actor(%(session)s)",
        session=session_id,
    )
    if not found:
        return None
    account_id, name, role, scope_id, language, revision = found[0]
    note_revision(revision)
    return Actor(account_id, name, Role(role), scope_id, language), revision


def sign_out(session_id: int) -> None:
    """End this session, in every tab of its browser."""
    ask("select access.close_session(%(session)s)", session=session_id)
