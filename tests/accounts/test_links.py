"""One-time links, and what each person changes alone."""

import pytest
from sqlalchemy import Engine, text

from lib.access import Actor, Role
from lib.accounts import commands
from lib.accounts.rules import LinkGone, PassphraseTooShort, Purpose, SignInRefused, WrongPassword
from lib.db import acting_as
from tests.accounts.conftest import NOW, PASSWORD, AddAccount

NEW = "une autre phrase longue"


def signed_in(login: str = "lea", password: str = PASSWORD) -> int:
    return commands.sign_in(login, password, "Firefox", NOW).session_id


def actor_of(session_id: int) -> Actor:
    found = commands.current(session_id)
    assert found is not None
    return found[0]


def link_for(account_id: int) -> str:
    from lib.clock import now

    with acting_as(Actor(0, "Ligne de commande", Role.ADMIN)) as db:
        return commands.make_link(db, Actor(0, "Ligne de commande", Role.ADMIN), account_id, now()).token


def test_a_link_opens_the_account_once(add_account: AddAccount) -> None:
    token = link_for(add_account("lea", password=False))
    invited = commands.invitation(token)
    assert invited is not None
    assert (invited.login, invited.name, invited.purpose) == ("lea", "Lea", Purpose.INVITE)

    commands.accept_invitation(token, NEW)

    assert signed_in("lea", NEW)
    assert commands.invitation(token) is None
    with pytest.raises(LinkGone):
        commands.accept_invitation(token, NEW)


def test_a_weak_passphrase_does_not_use_the_link_up(add_account: AddAccount) -> None:
    token = link_for(add_account("lea", password=False))
    with pytest.raises(PassphraseTooShort):
        commands.accept_invitation(token, "court")

    assert commands.invitation(token) is not None


def test_a_reset_ends_sessions_and_the_old_passphrase(add_account: AddAccount) -> None:
    token = link_for(add_account("lea"))
    session = signed_in()

    commands.accept_invitation(token, NEW)

    assert commands.current(session) is None
    with pytest.raises(SignInRefused):
        signed_in()
    assert signed_in("lea", NEW)


def test_a_new_link_replaces_the_one_before(add_account: AddAccount) -> None:
    account = add_account("lea", password=False)
    first, second = link_for(account), link_for(account)

    assert commands.invitation(first) is None
    assert commands.invitation(second) is not None


def test_a_guessed_or_expired_link_opens_nothing(add_account: AddAccount, owner: Engine) -> None:
    token = link_for(add_account("lea", password=False))
    with owner.begin() as connection:
        connection.execute(text("update access.invitation set expires_at = now()"))

    assert commands.invitation(token) is None
    assert commands.invitation("devinette") is None


def test_the_first_account_is_made_once(database: object) -> None:
    first, second = commands.first_account_link(), commands.first_account_link()
    assert first is not None
    assert second is not None
    assert commands.invitation(first) is None

    commands.accept_invitation(second, NEW)

    assert commands.first_account_link() is None
    assert actor_of(signed_in("administration", NEW)).role is Role.ADMIN


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PARTNER])
def test_a_changed_passphrase_signs_the_other_browsers_out(add_account: AddAccount, role: Role) -> None:
    add_account("lea", role, scope_id=1 if role is Role.PARTNER else None)
    here, elsewhere = signed_in(), signed_in()

    commands.change_own_password(actor_of(here), here, PASSWORD, NEW)

    assert commands.current(here) is not None
    assert commands.current(elsewhere) is None
    assert signed_in("lea", NEW)


def test_a_changed_passphrase_ends_a_link_that_is_still_open(add_account: AddAccount) -> None:
    token = link_for(add_account("lea"))
    here = signed_in()

    commands.change_own_password(actor_of(here), here, PASSWORD, NEW)

    assert commands.invitation(token) is None


def test_the_current_passphrase_is_asked(add_account: AddAccount) -> None:
    add_account("lea")
    here = signed_in()
    with pytest.raises(WrongPassword):
        commands.change_own_password(actor_of(here), here, "autre chose ici", NEW)

    assert signed_in()


def test_a_language_and_a_sign_out_everywhere(add_account: AddAccount) -> None:
    add_account("lea")
    here, elsewhere = signed_in(), signed_in()

    commands.change_own_language(actor_of(here), "en")
    assert actor_of(elsewhere).language == "en"
    commands.sign_out_everywhere(actor_of(here))

    assert commands.current(here) is None
    assert commands.current(elsewhere) is None
