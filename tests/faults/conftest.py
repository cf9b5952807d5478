"""Where the bad days of the embedded server are played."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from lib.access import Actor, Role
from lib.db import acting_as, embedded, migrate
from lib.db.embedded.binaries import find_binaries
from lib.db.embedded.ownership import Account
from lib.db.engine import APP_ROLE, EMBEDDED_DATABASE, make_engine, use_engine
from lib.db.reading import forget_revision
from lib.pilot.models import Setting
from tests.faults.embedded_ground import NOBODY, Ground
from tests.faults.killing import Victim, spare_the_disk
from tests.journeys.conftest import opened_base
from tests.pages.conftest import cookies, open_page, sign_in_as

__all__ = [
    "cookies",
    "open_page",
    "opened_base",
    "sign_in_as",
]


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A data folder made once, to be copied where making it is not what is tried."""
    with tempfile.TemporaryDirectory(prefix="pilote-") as folder:
        Path(folder).chmod(0o755)
        server = embedded.start(Path(folder, "local", "postgres"), fast=True)
        server.stop()
        yield server.data


@pytest.fixture
def ground(made: Path) -> Iterator[Ground]:
    """A folder of the account that runs the tests.

    Not tmp_path: as root pytest closes its folders, and the server, which leaves root, could not come in.
    """
    with tempfile.TemporaryDirectory(prefix="pilote-") as folder:
        ground = Ground(Path(folder), made)
        yield ground
        ground.close()


@pytest.fixture(params=["ours", "ordinary"])
def any_ground(request: pytest.FixtureRequest, made: Path) -> Iterator[Ground]:
    """The same, once as root and once as an ordinary account where the tests run as root."""
    if request.param == "ordinary":
        _require_other_account()
    with tempfile.TemporaryDirectory(prefix="pilote-") as folder:
        ground = Ground(Path(folder), made, NOBODY if request.param == "ordinary" else None)
        yield ground
        ground.close()


def _require_other_account() -> None:
    """Skip where there is no other account to become, or where it cannot run the database's programs."""
    if os.geteuid() != 0:
        pytest.skip("already run as an ordinary account: only root can become another one")
    if not Account(NOBODY, NOBODY, leaves_root=True).may_enter(find_binaries() / "postgres"):
        pytest.skip("no other account can run the database's programs where they are installed")


@pytest.fixture(scope="module")
def own_server() -> Iterator[embedded.Server]:
    """A migrated server that a test may kill: the one of the other tests is shared by all of them."""
    with tempfile.TemporaryDirectory(prefix="pilote-") as folder:
        Path(folder).chmod(0o755)
        server = embedded.start(Path(folder, "local", "postgres"))  # not fast: what it says is kept must be
        spare_the_disk(server)
        migrate.ensure_database(server.url(), EMBEDDED_DATABASE)
        migrate.upgrade(server.url(EMBEDDED_DATABASE))
        yield server
        Victim(server.data).go_on()
        server.stop(force=True)


@pytest.fixture
def victim(own_server: embedded.Server) -> Iterator[Victim]:
    """The application's own embedded server, alive again after each test."""
    own_server.start()
    address: URL = own_server.url(EMBEDDED_DATABASE, APP_ROLE)
    engine = make_engine(address, revive=own_server.revive)
    former = use_engine(engine)
    forget_revision()
    victim = Victim(own_server.data)
    yield victim
    victim.go_on()
    use_engine(former)
    engine.dispose()


@pytest.fixture
def save() -> Callable[..., None]:
    """Saves a named value as coordination, in one command."""

    def save(name: str, nonce: str | None = None) -> None:
        with acting_as(Actor(1, "Camille", Role.COORDINATOR), nonce) as db:
            db.add(Setting(name=name, value=1))

    return save
