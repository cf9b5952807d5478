"""Killed, stale and half-made: the embedded server comes back with every acknowledged row, harming nobody."""

import os
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from lib.db import embedded
from lib.db.embedded.processes import at_work
from tests.faults.embedded_ground import Ground, kill, say

pytestmark = [pytest.mark.fault, pytest.mark.slow]


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that other processes do."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.002)


def test_twenty_processes_that_start_at_once_share_one_server(any_ground: Ground) -> None:
    crowd = any_ground.process("crowd")
    servers = {say(crowd) for _ in range(20)}
    assert len(servers) == 1
    assert servers != {""}
    assert len(any_ground.postmasters()) == 1
    crowd.communicate(timeout=150)
    assert crowd.returncode == 0
    assert at_work(any_ground.data) == []


def test_threads_share_one_server(ground: Ground) -> None:
    found: list[embedded.Server] = []
    threads = [threading.Thread(target=lambda: found.append(ground.start())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert len(ground.postmasters()) == 1


def test_no_acknowledged_row_is_lost(any_ground: Ground) -> None:
    acknowledged = 0
    for everybody in (False, True):
        writer = any_ground.process("write")
        for _ in range(50):
            acknowledged = int(say(writer)) + 1
        kill(*([writer, *at_work(any_ground.data)] if everybody else any_ground.postmasters()))
        # a busy backend may outlive its server for long
        writer.kill()
        rest = writer.communicate(timeout=150)[0].split()
        acknowledged += len(rest)
    assert int(any_ground.ask("rows")) >= acknowledged >= 100


def test_a_killed_server_starts_again_in_the_same_process(ground: Ground) -> None:
    ground.settle()
    server = ground.start()
    for left in ("as it was", ""):
        kill(*at_work(ground.data))
        if not left:
            (ground.data / "postmaster.pid").write_text(left)
        assert not server.is_running()
        server.start()
        assert server.is_running()
    assert server.stop()
    assert not server.is_running()
    assert not server.stop()


def test_the_next_process_takes_over_from_a_killed_one(any_ground: Ground) -> None:
    any_ground.settle()
    first = any_ground.process("hold")
    server = say(first)
    kill(first)
    assert len(any_ground.postmasters()) == 1
    assert any_ground.ask("query") == server
    assert at_work(any_ground.data) == []


def test_the_server_stays_while_another_process_uses_it(ground: Ground) -> None:
    ground.settle()
    other = ground.process("hold")
    used = say(other)
    server = ground.start()
    assert server.stop() is False
    assert ground.ask("query") == used
    server.start()
    assert server.stop(force=True) is True
    assert at_work(ground.data) == []
    server.start()
    assert server.is_running()


@pytest.mark.parametrize(("reached", "survivor"), [("PG_VERSION", "initdb"), ("global/pg_control", "nobody")])
def test_a_killed_initialisation_is_made_again(ground: Ground, reached: str, survivor: str) -> None:
    starter = ground.process("hold")
    wait_until(
        lambda: [*ground.data.parent.glob(f"postgres.new-*/{reached}"), *ground.data.glob("PG_VERSION")]
    )
    family = psutil.Process(starter.pid).children(recursive=True)
    kill(starter, *(family if survivor == "nobody" else []))
    assert ground.ask("query")
    assert at_work(ground.data) == []


def test_what_another_hand_left_is_set_aside(any_ground: Ground) -> None:
    any_ground.data.mkdir(parents=True)
    any_ground.data.with_name("postgres.new-left").mkdir()
    (any_ground.data / "precious").write_text("kept")
    if any_ground.uid is not None:
        for path in (any_ground.data.parent, any_ground.data, any_ground.data.with_name("postgres.new-left")):
            os.chown(path, any_ground.uid, any_ground.uid)
    assert any_ground.ask("query")
    assert any_ground.data.with_name("postgres.incomplet-1").joinpath("precious").read_text() == "kept"
    assert not any_ground.data.with_name("postgres.new-left").exists()


def test_a_stale_pid_of_an_innocent_process_harms_nobody(any_ground: Ground) -> None:
    any_ground.settle()
    owner = any_ground.data.stat().st_uid
    as_owner = {"user": owner} if os.geteuid() == 0 else {}
    innocent = subprocess.Popen(["/bin/sleep", "600"], **as_owner)  # type: ignore[call-overload]  # a dict of options
    try:
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock", ".s.PGSQL.5432"):
            content = f"{innocent.pid}\n{any_ground.data}\n1790000000\n5432\n.\n\n  1 1\nready\n"
            (any_ground.data / name).write_text(content)
            os.chown(any_ground.data / name, owner, -1)
        assert any_ground.ask("query")
        assert at_work(any_ground.data) == []
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_the_log_is_cut_and_tells_nothing_about_people(ground: Ground) -> None:
    ground.settle()
    server = ground.start()
    server.stop()
    log = ground.data / "log"
    log.write_text("x" * 5_000_001)
    server.start()
    engine = sa.create_engine(server.url(), poolclass=sa.NullPool)
    with engine.begin() as database:
        database.exec_driver_sql("create table person (name text primary key check (name <> 'Rosalie'))")
        database.exec_driver_sql("insert into person values ('Capucine')")
    for name in ("Capucine", "Rosalie"):
        with pytest.raises(sa.exc.IntegrityError), engine.begin() as database:
            database.exec_driver_sql(f"insert into person values ('{name}')")
    server.stop()
    told = log.read_text()
    assert "shut down" in told
    assert len(told) < 10_000
    assert "Capucine" not in told
    assert "Rosalie" not in told


def test_settings_follow_the_product_and_leave_the_last_word_to_the_operator(ground: Ground) -> None:
    ground.settle()
    server = ground.start()
    server.stop()
    (ground.data / "pilote.conf").write_text("listen_addresses = '127.0.0.1'\n")
    with Path(ground.data, "postgresql.conf").open("a") as settings:
        settings.write("work_mem = '6MB'\n")
    server.start()
    with sa.create_engine(server.url(), poolclass=sa.NullPool).connect() as database:
        shown = [database.scalar(sa.text(f"show {name}")) for name in ("listen_addresses", "work_mem", "jit")]
    assert shown == ["", "6MB", "off"]
