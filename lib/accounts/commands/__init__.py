"""What is done with accounts: signing in, one's own account, and what administration decides."""

from lib.accounts.commands.administration import (
    ChangeRole,
    Invite,
    Link,
    SetActive,
    cancel_links,
    change_role,
    end_session,
    end_sessions,
    invite,
    make_link,
    set_active,
)
from lib.accounts.commands.demo import answers, demo_passphrase, is_demo
from lib.accounts.commands.links import Invited, accept_invitation, first_account_link, invitation
from lib.accounts.commands.own import change_own_language, change_own_password, sign_out_everywhere
from lib.accounts.commands.signin import (
    Cookie,
    SignedIn,
    current,
    exchange_ticket,
    session_of_token,
    sign_in,
    sign_out,
)
from lib.accounts.commands.tokens import fingerprint, new_token

__all__ = [
    "ChangeRole",
    "Cookie",
    "Invite",
    "Invited",
    "Link",
    "SetActive",
    "SignedIn",
    "accept_invitation",
    "answers",
    "cancel_links",
    "change_own_language",
    "change_own_password",
    "change_role",
    "current",
    "demo_passphrase",
    "end_session",
    "end_sessions",
    "exchange_ticket",
    "fingerprint",
    "first_account_link",
    "invitation",
    "invite",
    "is_demo",
    "make_link",
    "new_token",
    "session_of_token",
    "set_active",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
]
