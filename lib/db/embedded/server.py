"""One embedded server: started by whoever needs it first, stopped by the last to leave."""

import atexit
import os
import re
import subprocess
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import URL

from lib.db.embedded import cluster
from lib.db.embedded.binaries import KEPT_OUTPUT, Programs, find_binaries, within_reach
from lib.db.embedded.errors import (
    NO_SPACE,
    DiskFull,
    EmbeddedError,
    NoAnswer,
    SomebodyElses,
    StartFailed,
    explained,
)
from lib.db.embedded.locks import Users, exclusive
from lib.db.embedded.ownership import account_for, fingerprint, reachable_folder
from lib.db.embedded.processes import at_work, shut_down

PORT = 5432
SOCKET_FILE = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_FOLDER = 90
LONGEST_LOG = 5_000_000
START_SECONDS = 120
REVIVE_SECONDS = 8
STOP_SECONDS = 60
PAUSE = 0.02
READY, NOBODY = 0, 2
UNSAFE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class Server:
    """The PostgreSQL server of one data folder, shared by all the processes that started it."""

    def __init__(self, data: Path, *, fast: bool = False, binaries: Path | None = None) -> None:
        self._account = account_for(data)
        self.data = reachable_folder(data, self._account)
        self.socket = _socket_folder(self.data)
        self._fast = fast
        self._lock = self.data.with_name(self.data.name + ".lock")
        self._users = Users(self.data.with_name(self.data.name + ".users"), self._account)
        self._turn = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        with exclusive(self._lock, self._account):
            reached = within_reach(binaries or find_binaries(), self._account, data)
        self._programs = Programs(reached, self._account)

    @property
    def major(self) -> int:
        """The major version of PostgreSQL."""
        return self._programs.major

    def url(self, database: str = "postgres", user: str = "postgres") -> URL:
        """Return the address of a database on this server, for a role of that server."""
        socket = {"host": str(self.socket)}
        return URL.create("postgresql+psycopg", username=user, port=PORT, database=database, query=socket)

    def is_running(self) -> bool:
        """Whether the server answers now."""
        return self._answer() == READY

    def start(self) -> None:
        """Use the server: made, recovered or launched if need be, ready on return."""
        with self._turn, explained(self.data), exclusive(self._lock, self._account):
            if self._users.join():
                atexit.register(self.stop)
            if not cluster.initialised(self.data):
                cluster.initialise(self.data, self._programs, fast=self._fast)
            cluster.check_version(self.data, self._programs)
            self._bring_up()

    def revive(self) -> None:
        """Launch the server again if it was killed; raises NoAnswer soon, for somebody is waiting at a screen."""
        with self._turn, explained(self.data), exclusive(self._lock, self._account):
            self._bring_up(REVIVE_SECONDS)

    def stop(self, force: bool = False) -> bool:
        """Use the server no longer, and stop it unless another process does (or anyway, by `force`).

        Runs by itself when the process ends. True when the server was stopped.
        """
        with self._turn, ExitStack() as held:
            if not self._users.joined():
                return False
            if self._lock.parent.exists():
                held.enter_context(exclusive(self._lock, self._account))
            atexit.unregister(self.stop)
            stopped = (self._users.leave() or force) and shut_down(self.data, STOP_SECONDS)
            self._reap()
            return stopped

    def _answer(self) -> int:
        """Ask the server: READY, NOBODY, or another number while it starts or recovers."""
        where = ("-h", self.socket, "-p", PORT, "-U", "postgres", "-d", "postgres")
        return self._programs.status("pg_isready", "-q", "-t", "3", *where)[0]

    def _bring_up(self, seconds: float = START_SECONDS) -> None:
        """Wait until the server answers; launch it, once, when nobody works in the folder."""
        deadline = time.monotonic() + seconds
        launched = False
        while (answer := self._answer()) != READY:
            if answer == NOBODY and not at_work(self.data):
                if launched and self._reap():
                    raise self._failure()
                if not launched:
                    self._launch()
                    launched = True
            if time.monotonic() > deadline:
                raise NoAnswer(seconds=round(seconds), log=self.data / "log")
            time.sleep(PAUSE)

    def _launch(self) -> None:
        """Launch the server; only called when nobody works in the folder, so what others left is stale."""
        self._reap()
        self._check_socket_folder()
        for stale in (
            self.data / "postmaster.pid",
            self.socket / f"{SOCKET_FILE}.lock",
            self.socket / SOCKET_FILE,
        ):
            stale.unlink(missing_ok=True)
        cluster.write_settings(self.data, self._account)
        elsewhere = () if self.socket == self.data else ("-k", self.socket)
        unsafe = UNSAFE if self._fast else ()
        with os.fdopen(self._account.open(self.data / "log"), "a") as log:
            if log.tell() > LONGEST_LOG:
                log.truncate(0)
            # launched in its own folder: it can be told by that from its first moment on
            self._process = self._programs.launch(
                "postgres", "-D", self.data, *unsafe, *elsewhere, output=log, folder=self.data
            )

    def _check_socket_folder(self) -> None:
        """Make the socket's own folder if it has one; refuse one that somebody else prepared."""
        if self.socket == self.data:
            return
        if not self.socket.exists():
            self.socket.mkdir(mode=0o700)
            self._account.own(self.socket)
        if (owner := self.socket.lstat().st_uid) != self._account.uid:
            raise SomebodyElses(folder=self.socket, owner=owner)

    def _reap(self) -> bool:
        """Take note that the server we launched ended, which leaves no zombie; True when it did."""
        if self._process is None or self._process.poll() is None:
            return False
        self._process = None
        return True

    def _failure(self) -> EmbeddedError:
        """Say why the server left, from the end of its log."""
        output = (self.data / "log").read_text(errors="replace")[-KEPT_OUTPUT:].strip()
        return DiskFull(folder=self.data) if NO_SPACE in output else StartFailed(output=output)


def _socket_folder(data: Path) -> Path:
    """Return the data folder, or a short one where its path does not fit an address (107 bytes, no comma)."""
    if len(os.fsencode(data)) > LONGEST_SOCKET_FOLDER or re.search("[,:]", str(data)):
        # not the account's TMPDIR, which may differ from one process to the next; checked before use
        return Path("/tmp", f"pilote-pg-{fingerprint(data)}")  # noqa: S108
    return data
