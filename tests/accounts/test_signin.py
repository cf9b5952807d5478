"""Signing in: one generic answer, a lockout that ends by itself, sessions that end at once."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from lib.access import Role
from lib.accounts.commands import (
    authenticator,
    current,
    exchange_ticket,
    session_of_token,
    sign_in,
    sign_out,
)
from lib.accounts.rules import LOCKOUT, MOST_FAILURES, SignInRefused
from tests.accounts.conftest import NOW, PASSWORD, AddAccount


def refused(login: str, password: str, at: object = NOW) -> str:
    with pytest.raises(SignInRefused) as caught:
        sign_in(login, password, "Firefox", at)  # type: ignore[arg-type]  # a moment
    return str(caught.value)


def count(owner: Engine, sql: str) -> int:
    with owner.connect() as connection:
        return int(connection.scalar(text(sql)) or 0)


def test_a_person_signs_in_and_is_known(add_account: AddAccount) -> None:
    account = add_account("lea", Role.SITE_REFERENT, scope_id=7)

    signed = sign_in("  LEA ", f" {PASSWORD} ", "Firefox sur Linux", NOW)
    found = current(signed.session_id)

    assert found is not None
    actor, revision = found
    assert (actor.account_id, actor.name, actor.role, actor.scope_id) == (
        account,
        "Lea",
        Role.SITE_REFERENT,
        7,
    )
    assert revision >= 1


def test_whatever_is_wrong_the_answer_is_the_same(add_account: AddAccount, database: object) -> None:
    add_account("lea")
    add_account("partie", active=False)
    add_account("invitee", password=False)

    answers = {
        refused("lea", "autre chose ici"),
        refused("inconnue", PASSWORD),
        refused("partie", PASSWORD),
        refused("invitee", PASSWORD),
        refused("lea", ""),
        refused("lea", "é" * 60),
        refused("", ""),
    }

    assert len(answers) == 1
    assert "15 minutes" in answers.pop()


@pytest.mark.parametrize("login", ["inconnue", "partie", "invitee"])
def test_without_an_account_the_same_work_is_done(
    add_account: AddAccount, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    add_account("partie", active=False)
    add_account("invitee", password=False)
    checked: list[str] = []
    check = authenticator.Hasher.check_pw

    def noting(password: str, kept: str) -> bool:
        checked.append(kept)
        return bool(check(password, kept))

    monkeypatch.setattr(authenticator.Hasher, "check_pw", noting)
    refused(login, PASSWORD)

    assert checked == [authenticator.DECOY]


def test_the_decoy_costs_as_much_as_a_real_hash(password_hash: str) -> None:
    assert authenticator.DECOY.split("$")[:3] == password_hash.split("$")[:3]
    assert len(authenticator.DECOY) == len(password_hash)


def test_five_failures_lock_for_a_quarter_of_an_hour(add_account: AddAccount) -> None:
    add_account("lea")
    for _attempt in range(MOST_FAILURES):
        refused("lea", "autre chose ici")

    refused("lea", PASSWORD)
    refused("lea", PASSWORD, NOW + LOCKOUT - timedelta(seconds=1))
    assert sign_in("lea", PASSWORD, "", NOW + LOCKOUT).session_id


def test_after_a_lockout_the_count_begins_again(add_account: AddAccount, owner: Engine) -> None:
    add_account("lea")
    for _attempt in range(MOST_FAILURES):
        refused("lea", "autre chose ici")
    later = NOW + LOCKOUT
    for _attempt in range(MOST_FAILURES - 1):
        refused("lea", "autre chose ici", later)

    assert sign_in("lea", PASSWORD, "", later).session_id
    assert count(owner, "select failed_attempts from access.account") == 0


def test_many_at_the_same_moment_get_no_more_tries(
    add_account: AddAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_account("lea")
    tried: list[str] = []

    def noting(_password: str, kept: str) -> bool:
        tried.append(kept)
        return False

    monkeypatch.setattr(authenticator.Hasher, "check_pw", noting)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: refused("lea", "autre chose ici"), range(20)))

    assert len([kept for kept in tried if kept != authenticator.DECOY]) == MOST_FAILURES


def test_an_attempt_is_no_change_of_the_data(add_account: AddAccount, owner: Engine) -> None:
    add_account("lea")
    before = count(owner, "select n from pilot.revision")
    refused("lea", "autre chose ici")
    sign_in("lea", PASSWORD, "", NOW)

    assert count(owner, "select n from pilot.revision") == before


def test_a_ticket_serves_once(add_account: AddAccount) -> None:
    add_account("lea")
    signed = sign_in("lea", PASSWORD, "", NOW)

    cookie = exchange_ticket(signed.ticket)

    assert cookie is not None
    assert 0 < cookie.max_age_seconds <= 12 * 3600
    assert session_of_token(cookie.token) == signed.session_id
    assert exchange_ticket(signed.ticket) is None
    assert session_of_token(signed.ticket) is None


def test_a_ticket_lasts_thirty_seconds(add_account: AddAccount, owner: Engine) -> None:
    add_account("lea")
    signed = sign_in("lea", PASSWORD, "", NOW)
    lasting = "select extract(epoch from ticket_expires_at - created_at) from access.session"
    assert count(owner, lasting) == 30

    with owner.begin() as connection:
        connection.execute(text("update access.session set ticket_expires_at = now() - interval '1 second'"))
    assert exchange_ticket(signed.ticket) is None


def end_by_expiry(owner: Engine, _session: int) -> None:
    with owner.begin() as connection:
        connection.execute(text("update access.session set expires_at = now()"))


def end_by_deactivation(owner: Engine, _session: int) -> None:
    with owner.begin() as connection:
        connection.execute(text("update access.account set active = false"))


def end_by_sign_out(_owner: Engine, session: int) -> None:
    sign_out(session)


@pytest.mark.parametrize("end", [end_by_sign_out, end_by_expiry, end_by_deactivation])
def test_an_ended_session_is_ended_everywhere(
    add_account: AddAccount, owner: Engine, end: Callable[[Engine, int], None]
) -> None:
    add_account("lea")
    signed = sign_in("lea", PASSWORD, "", NOW)
    cookie = exchange_ticket(signed.ticket)
    assert cookie is not None

    end(owner, signed.session_id)

    assert current(signed.session_id) is None
    replayed = session_of_token(cookie.token)
    assert replayed is None or current(replayed) is None


def test_the_database_keeps_no_ticket_and_no_token(add_account: AddAccount, owner: Engine) -> None:
    add_account("lea")
    signed = sign_in("lea", PASSWORD, "", NOW)
    cookie = exchange_ticket(signed.ticket)
    assert cookie is not None

    with owner.connect() as connection:
        dumped = str(connection.execute(text("select s::text from access.session s")).all())
    assert cookie.token not in dumped
    assert signed.ticket not in dumped


def test_nothing_is_printed_outside_a_page(
    add_account: AddAccount, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    add_account("lea")
    with caplog.at_level(logging.DEBUG, "streamlit"):
        sign_in("lea", PASSWORD, "", NOW)

    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert capfd.readouterr().out == ""
