"""Accounts as administration runs them: invited, moved, closed; the last administrator stays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from lib import clock
from lib.access import Actor, Role
from lib.accounts import commands, queries, rules
from lib.accounts.rules import AccountState, Action
from lib.db import acting_as, read
from lib.db.refusals import LastAdministrator
from lib.refusal import ChangedMeanwhile, NotAllowed, NotFound
from tests.accounts.conftest import PASSWORD, AddAccount

WHY = "départ de l'équipe"


@pytest.fixture
def admin(add_account: AddAccount) -> Actor:
    return Actor(add_account("chef", Role.ADMIN), "Chef", Role.ADMIN)


def rows(actor: Actor, **filters: object) -> dict[str, queries.AccountRow]:
    (found,) = read(actor, queries.accounts(clock.now(), **filters))  # type: ignore[arg-type]  # named filters
    return {row.login: row for row in found}


def close(actor: Actor, account_id: int, version: int = 1) -> None:
    with acting_as(actor) as db:
        commands.set_active(db, actor, commands.SetActive(account_id, version, False, WHY), clock.now())


def test_somebody_is_invited_and_listed(admin: Actor) -> None:
    with acting_as(admin) as db:
        link = commands.invite(
            db, admin, commands.Invite("Zoe@Exemple.fr", " Zoé  Petit", Role.SITE_REFERENT, 4), clock.now()
        )
    invited = commands.invitation(link.token)
    row = rows(admin)["zoe@exemple.fr"]

    assert invited is not None
    assert invited.name == "Zoé Petit"
    assert (row.role, row.scope_id, row.state, row.link_until) == (
        Role.SITE_REFERENT,
        4,
        AccountState.WAITING,
        link.expires_at,
    )


def test_a_login_is_given_once(admin: Actor) -> None:
    with pytest.raises(rules.LoginTaken), acting_as(admin) as db:
        commands.invite(db, admin, commands.Invite("CHEF", "Un autre", Role.ADMIN), clock.now())


def test_a_scope_belongs_to_the_roles_that_need_one(admin: Actor) -> None:
    with acting_as(admin) as db:
        commands.invite(db, admin, commands.Invite("zoe", "Zoé", Role.COORDINATOR, 4), clock.now())
    assert rows(admin)["zoe"].scope_id is None
    with pytest.raises(rules.ScopeMissing), acting_as(admin) as db:
        commands.invite(db, admin, commands.Invite("ugo", "Ugo", Role.PARTNER), clock.now())


def test_a_cancelled_link_opens_nothing(admin: Actor, add_account: AddAccount) -> None:
    account = add_account("lea", password=False)
    with acting_as(admin) as db:
        link = commands.make_link(db, admin, account, clock.now())
    with acting_as(admin) as db:
        commands.cancel_links(db, admin, account, clock.now())

    assert commands.invitation(link.token) is None
    assert rows(admin)["lea"].link_until is None


def test_a_role_changes_at_the_next_click_with_a_reason(admin: Actor, add_account: AddAccount) -> None:
    account = add_account("lea")
    session = commands.sign_in("lea", PASSWORD, "", clock.now()).session_id
    with acting_as(admin) as db:
        commands.change_role(
            db, admin, commands.ChangeRole(account, 1, Role.SITE_REFERENT, 9, "nouvelle fonction")
        )
    found = commands.current(session)
    assert found is not None
    assert (found[0].role, found[0].scope_id) == (Role.SITE_REFERENT, 9)

    (decided,) = read(admin, queries.decisions(account))
    assert [(row.by, row.action, row.reason) for row in decided] == [
        ("Chef", Action.ROLE_CHANGED, "nouvelle fonction")
    ]


def test_a_closed_account_is_out_at_once(admin: Actor, add_account: AddAccount) -> None:
    account = add_account("lea")
    session = commands.sign_in("lea", PASSWORD, "", clock.now())
    cookie = commands.exchange_ticket(session.ticket)
    assert cookie is not None
    close(admin, account)

    assert commands.current(session.session_id) is None
    assert commands.session_of_token(cookie.token) is None
    with pytest.raises(rules.AccountInactive), acting_as(admin) as db:
        commands.make_link(db, admin, account, clock.now())
    with acting_as(admin) as db:
        commands.set_active(db, admin, commands.SetActive(account, 2, True, "retour"), clock.now())
    assert commands.current(session.session_id) is None
    assert commands.sign_in("lea", PASSWORD, "", clock.now()).session_id


def test_two_administrators_do_not_overwrite_each_other(admin: Actor, add_account: AddAccount) -> None:
    account = add_account("lea")
    close(admin, account)
    with pytest.raises(ChangedMeanwhile) as caught:
        close(admin, account, version=1)
    assert caught.value.theirs["active"] is False


def test_sessions_are_seen_and_ended(admin: Actor, add_account: AddAccount) -> None:
    account = add_account("lea")
    first, second, third = (commands.sign_in("lea", PASSWORD, "Firefox", clock.now()) for _ in range(3))
    (live,) = read(admin, queries.sessions(clock.now(), account))
    assert {row.id for row in live} == {first.session_id, second.session_id, third.session_id}

    with acting_as(admin) as db:
        commands.end_session(db, admin, first.session_id, clock.now())
    assert commands.current(first.session_id) is None
    assert commands.current(second.session_id) is not None
    with acting_as(admin) as db:
        commands.end_sessions(db, admin, account, clock.now())
    assert commands.current(second.session_id) is None
    with pytest.raises(NotFound), acting_as(admin) as db:
        commands.end_session(db, admin, third.session_id, clock.now())


def test_lists_are_searched_in_the_database(admin: Actor, add_account: AddAccount) -> None:
    add_account("lea")
    add_account("leon", Role.TRAINER, password=False)
    add_account("partie", active=False)

    assert set(rows(admin, words="LE")) == {"lea", "leon"}
    assert set(rows(admin, role=Role.TRAINER)) == {"leon"}
    assert set(rows(admin, state=AccountState.INACTIVE)) == {"partie"}
    assert set(rows(admin, state=AccountState.ACTIVE)) == {"chef", "lea"}
    assert rows(admin, words="%") == {}


def test_the_last_administrator_stays(admin: Actor, add_account: AddAccount) -> None:
    add_account("invitee", Role.ADMIN, password=False)
    down = commands.ChangeRole(admin.account_id, 1, Role.TRAINER, None, WHY)
    with pytest.raises(LastAdministrator):
        close(admin, admin.account_id)
    with pytest.raises(LastAdministrator), acting_as(admin) as db:
        commands.change_role(db, admin, down)


@pytest.mark.fault
def test_two_administrators_who_remove_each_other_leave_one(
    admin: Actor, add_account: AddAccount, owner: Engine
) -> None:
    other = Actor(add_account("autre", Role.ADMIN), "Autre", Role.ADMIN)
    together = Barrier(2)

    def remove(pair: tuple[Actor, Actor]) -> str:
        together.wait(30)
        try:
            close(pair[0], pair[1].account_id)
        except LastAdministrator:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(remove, [(admin, other), (other, admin)]))

    assert answers == ["done", "refused"]
    with owner.connect() as connection:
        left = connection.scalar(text("select count(*) from access.account where role = 'admin' and active"))
    assert left == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_decides_about_accounts(
    database: object, acting: Callable[..., Actor], add_account: AddAccount, role: Role
) -> None:
    account = add_account("lea")
    actor = acting(role, scope_id=1, account_id=99)
    with pytest.raises(NotAllowed), acting_as(actor) as db:
        commands.invite(db, actor, commands.Invite("zoe", "Zoé", Role.ADMIN), clock.now())
    with pytest.raises(NotAllowed), acting_as(actor) as db:
        commands.make_link(db, actor, account, clock.now())
