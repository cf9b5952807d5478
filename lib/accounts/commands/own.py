"""What each person does with their own account."""

from sqlalchemy import text

from lib.access import Actor, Permission
from lib.accounts import rules
from lib.accounts.commands.door import ask_one
from lib.db import acting_as
from lib.db.identity import identity_of


def change_own_password(actor: Actor, session_id: int, old: str, new: str) -> None:
    """Change the password and end every other session of the person.

    Raises WrongPassword, or the refusal that says what is wrong with the new passphrase.
    """
    from lib.accounts.commands.authenticator import hash_of, matches

    actor.require(Permission.EDIT_OWN_ACCOUNT)
    identity = identity_of(actor)
    login = ask_one("select access.own_login()", identity) or ""
    if not matches(login, old, ask_one("select access.own_password_hash()", identity)):
        raise rules.WrongPassword
    new_hash = hash_of(new, login)
    with acting_as(actor) as db:
        db.execute(
            text("select access.change_own_password(:hash, :session)"),
            {"hash": new_hash, "session": session_id},
        )


def change_own_language(actor: Actor, language: str) -> None:
    """The language of the screens, from the next rerun on."""
    actor.require(Permission.EDIT_OWN_ACCOUNT)
    with acting_as(actor) as db:
        db.execute(text("select access.change_own_language(:language)"), {"language": language})


def sign_out_everywhere(actor: Actor) -> None:
    """End all sessions of the person, this one included."""
    actor.require(Permission.EDIT_OWN_ACCOUNT)
    with acting_as(actor) as db:
        db.execute(text("select access.close_own_sessions()"))
