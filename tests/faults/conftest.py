"""Where the bad days of the embedded server are played."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.db import embedded
from lib.db.embedded.binaries import find_binaries
from lib.db.embedded.ownership import Account
from tests.faults.embedded_ground import NOBODY, Ground


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
