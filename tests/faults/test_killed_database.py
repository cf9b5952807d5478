"""The database is killed, frozen or restarted under the application: nothing half-saved, and it works again."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from uuid import uuid4

import pytest
from sqlalchemy import URL, NullPool, create_engine, select, text

from lib.access import Actor, Role
from lib.accounts import commands
from lib.db import Query, acting_as, embedded, patience, read
from lib.db.engine import EMBEDDED_DATABASE, engine
from lib.pilot.models import Setting
from lib.refusal import AlreadyDone, DatabaseAway
from tests.faults.killing import Victim, works_again
from tests.journeys.application import wait_until

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.xdist_group("killed-database")]
COORDINATOR = Actor(1, "Camille", Role.COORDINATOR)
Save = Callable[..., None]


def saved(name: str) -> Query[str]:
    return Query(select(Setting.name).where(Setting.name == name), str)


def behind(server: embedded.Server, statement: str) -> int:
    """Look as the superuser, past every cache and policy."""
    address: URL = server.url(EMBEDDED_DATABASE)
    looking = create_engine(address, poolclass=NullPool)
    with looking.connect() as connection:
        return int(connection.scalar(text(statement)) or 0)


def test_killed_in_the_middle_of_a_command(victim: Victim, own_server: embedded.Server, save: Save) -> None:
    nonce = str(uuid4())

    def half() -> None:
        with acting_as(COORDINATOR, nonce) as db:
            db.add(Setting(name="moitié", value=1))
            db.flush()
            victim.kill()
            db.add(Setting(name="autre moitié", value=1))
            db.flush()

    with pytest.raises(DatabaseAway):
        half()
    works_again(lambda: save("ensuite", nonce))

    counted = "select count(*) from pilot.setting where name in ('moitié', 'autre moitié')"
    assert behind(own_server, counted) == 0
    assert read(COORDINATOR, saved("ensuite")) == (["ensuite"],)


def test_killed_before_the_commit(victim: Victim, own_server: embedded.Server) -> None:
    def nearly() -> None:
        with acting_as(COORDINATOR) as db:
            db.add(Setting(name="presque", value=1))
            db.flush()
            victim.kill()

    with pytest.raises(DatabaseAway):
        nearly()
    wait_until(commands.answers, 60)
    assert behind(own_server, "select count(*) from pilot.setting where name = 'presque'") == 0


def test_killed_while_everybody_looked_elsewhere(victim: Victim, save: Save) -> None:
    """Connections that died in the pool are replaced without a word, in reading, writing and signing in."""
    for number, use in enumerate(("read", "save", "check")):
        with ThreadPoolExecutor(4) as pool:
            list(
                pool.map(lambda _: read(COORDINATOR, Query(select(Setting.name), str, keep=False)), range(8))
            )
        victim.kill()
        again = {
            "read": lambda: read(COORDINATOR, Query(select(Setting.name), str, keep=False)),
            "save": lambda number=number: save(f"après {number}"),
            "check": lambda: commands.current(1),
        }
        works_again(again[use])
    (names,) = read(COORDINATOR, Query(select(Setting.name), str, keep=False))
    assert "après 1" in names


def test_many_at_once_after_a_kill(victim: Victim) -> None:
    victim.kill()
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(
                lambda _: works_again(
                    lambda: read(COORDINATOR, Query(select(Setting.name), str, keep=False))
                ),
                range(16),
            )
        )
    assert len({tuple(sorted(names)) for (names,) in found}) == 1


def test_cut_off_by_the_server(victim: Victim, own_server: embedded.Server, save: Save) -> None:
    """Every connection of the pool is dead, the server is well: nobody notices."""
    with ExitStack() as at_once:
        for _ in range(4):
            at_once.enter_context(acting_as(COORDINATOR))
    behind(
        own_server,
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'pilote_app'",
    )
    save("coupure")
    assert read(COORDINATOR, saved("coupure")) == (["coupure"],)


def test_frozen_is_said_in_time_and_passes(
    victim: Victim, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "TRIFLE", 2.0)
    save("avant")
    victim.pause()

    begun = time.monotonic()
    with pytest.raises(DatabaseAway):
        save("pendant")
    assert time.monotonic() - begun < 10
    begun = time.monotonic()
    with pytest.raises(DatabaseAway):  # somebody else has just waited: no need to wait as well
        save("pendant")
    assert time.monotonic() - begun < 1
    assert not commands.answers()

    victim.go_on()
    wait_until(commands.answers, 30)
    save("après")
    (names,) = read(COORDINATOR, Query(select(Setting.name), str, keep=False))
    assert {"avant", "après"} <= set(names)
    assert "pendant" not in names


def test_what_was_read_last_is_shown_to_the_same_scope_only(
    victim: Victim, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "TRIFLE", 2.0)
    monkeypatch.setattr(patience, "ANYTHING", 2.0)
    monkeypatch.setattr(patience.PatientConnection, "patience", 2.0)
    save("gardé")
    assert read(COORDINATOR, saved("gardé")) == (["gardé"],)
    victim.pause()

    assert read(COORDINATOR, saved("gardé")) == (["gardé"],)
    colleague = Actor(2, "Dominique", Role.COORDINATOR)
    with pytest.raises(DatabaseAway):
        save("perdu")  # after which the revision is asked anew
    assert read(colleague, saved("gardé")) == (["gardé"],)
    for other in (Actor(1, "Camille", Role.EVALUATOR), Actor(1, "Camille", Role.SITE_REFERENT, 1)):
        with pytest.raises(DatabaseAway):
            read(other, saved("gardé"))
    with pytest.raises(DatabaseAway):
        read(COORDINATOR, saved("gardé"), saved("jamais lu"))


def test_a_commit_whose_answer_was_lost_is_not_done_twice(
    victim: Victim, own_server: embedded.Server, save: Save
) -> None:
    """The server wrote, and died before it could say so: the second click finds the first one."""
    nonce = str(uuid4())
    save("réponse perdue", nonce)
    victim.kill()

    with pytest.raises(AlreadyDone):
        works_again(lambda: save("réponse perdue, encore", nonce))
    assert behind(own_server, "select count(*) from pilot.setting where name like 'réponse perdue%'") == 1


def test_all_connections_taken_is_a_sentence(victim: Victim) -> None:
    """Ten commands are under way and wait for something: the eleventh person is told, and not left waiting."""
    held = [acting_as(COORDINATOR) for _ in range(10)]
    pool = engine().pool
    assert hasattr(pool, "_timeout")
    pool._timeout = 1.0
    try:
        for command in held:
            command.__enter__()
        with pytest.raises(DatabaseAway):
            read(COORDINATOR, saved("onzième"))
        with pytest.raises(DatabaseAway), acting_as(COORDINATOR):
            pass
    finally:
        for command in held:
            command.__exit__(None, None, None)
    assert read(COORDINATOR, saved("onzième")) == ([],)


def test_the_application_survives_its_own_servers_pid_file(victim: Victim, save: Save) -> None:
    """Killed, and its lock file names an innocent process: us."""
    victim.kill()
    (victim.data / "postmaster.pid").write_text(f"{os.getpid()}\n{victim.data}\n1790000000\n5432\n.\n\n")
    works_again(lambda: save("malgré tout"))
    assert read(COORDINATOR, saved("malgré tout")) == (["malgré tout"],)
