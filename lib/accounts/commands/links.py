"""One-time links: the first access to an account, or a new password."""

from dataclasses import dataclass

from lib.accounts import rules
from lib.accounts.commands.door import ask, ask_one
from lib.accounts.commands.tokens import fingerprint, new_token

FIRST_LOGIN, FIRST_NAME = "administration", "Administration du pilote"


@dataclass(frozen=True)
class Invited:
    """Who a one-time link is for, and what it is for."""

    login: str
    name: str
    purpose: rules.Purpose


def invitation(token: str) -> Invited | None:
    """The account of a link, or None when it was used, cancelled or has expired."""
    found = ask(
        "select login, name, purpose from access.invitation_of(%(token)s)",
        token=fingerprint(token),
    )
    if not found:
        return None
    login, name, purpose = found[0]
    return Invited(login, name, rules.Purpose(purpose))


def accept_invitation(token: str, password: str) -> None:
    """Set the password, use the link up, and end the sessions of the account.

    Raises LinkGone, or the refusal that says what is wrong with the passphrase.
    """
    from lib.accounts.commands.authenticator import hash_of

    invited = invitation(token)
    if invited is None:
        raise rules.LinkGone
    account_id = ask_one(
        "select access.accept_invitation(%(token)s, %(hash)s)",
        token=fingerprint(token),
        hash=hash_of(password, invited.login),
    )
    if account_id is None:
        raise rules.LinkGone


def first_account_link() -> str | None:
    """The token of a link to the first administrator's account, made if need be; None once anybody can sign in.

    Each call replaces the link before it: only the last one printed works.
    """
    token = new_token()
    account_id = ask_one(
        "select access.first_account(%(login)s, %(name)s, %(token)s, %(lifetime)s)",
        login=FIRST_LOGIN,
        name=FIRST_NAME,
        token=fingerprint(token),
        lifetime=rules.LINK_LIFETIME,
    )
    return None if account_id is None else token
