"""What befalls the processes of a database server."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg

from lib.db import embedded
from lib.db.embedded.processes import at_work
from lib.refusal import DatabaseAway
from tests.journeys.application import wait_until

T = TypeVar("T")


def spare_the_disk(server: embedded.Server) -> None:
    """Killed processes lose nothing without fsync, only a power cut would; and they come back much sooner."""
    address = server.url().set(drivername="postgresql").render_as_string()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("select pg_reload_conf()")


def works_again(do: Callable[[], T], seconds: float = 60) -> T:
    """Do it until the database is back, which it comes by itself."""
    end = time.monotonic() + seconds
    while True:
        try:
            return do()
        except DatabaseAway:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


class Victim:
    """The server that works in this folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._paused: list[psutil.Process] = []

    def kill(self) -> None:
        """Kill -9 the server and all that it started, before any of them could notice."""
        found = at_work(self.data)
        for process in found:
            process.send_signal(signal.SIGSTOP)
        for process in found:
            process.send_signal(signal.SIGKILL)
        wait_until(lambda: not at_work(self.data), 20)

    def servers(self) -> list[psutil.Process]:
        """The servers themselves, without what they started."""
        found = at_work(self.data)
        family = {process.pid for process in found}
        return [process for process in found if process.ppid() not in family]

    def pause(self) -> None:
        """Freeze the server: its connections stay open, and nobody answers."""
        self._paused = at_work(self.data)
        for process in self._paused:
            process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End the pause."""
        for process in self._paused:
            if process.is_running():
                process.send_signal(signal.SIGCONT)
        self._paused = []
