"""A folder to try embedded servers in, and the processes that use them, as this or another account."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from lib.db import embedded
from lib.db.embedded.processes import at_work

PROJECT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("embedded_process.py")
NOBODY = 65534


class Ground:
    """A folder of its own; whatever still runs in it at the end is killed."""

    def __init__(self, folder: Path, made: Path, uid: int | None = None) -> None:
        self.folder, self._made, self.uid = folder, made, uid
        self.data = folder / "local" / "postgres"
        self._started: list[subprocess.Popen[str]] = []
        self._servers: list[embedded.Server] = []
        folder.chmod(0o755)
        if uid is not None:
            os.chown(folder, uid, uid)

    def settle(self) -> None:
        """Put a server made before in the data folder, for tests of what comes later."""
        self.data.parent.mkdir()
        subprocess.run(["cp", "-a", str(self._made), str(self.data)], check=True)
        if self.uid is not None:
            os.chown(self.data.parent, self.uid, self.uid)

    def process(
        self, verb: str, data: Path | None = None, before: tuple[str, ...] = ()
    ) -> subprocess.Popen[str]:
        """Launch a process that starts the server and does something with it."""
        account = () if self.uid is None else (str(self.uid),)
        started = subprocess.Popen(
            [*before, sys.executable, str(PROGRAM), verb, str(data or self.data), *account],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path]), "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        self._started.append(started)
        return started

    def ask(self, verb: str, data: Path | None = None, before: tuple[str, ...] = ()) -> str:
        """Run such a process to its end; return what it said, be it a refusal."""
        process = self.process(verb, data, before)
        said, _ = process.communicate(timeout=150)
        assert process.returncode in (0, 3)
        return said.strip()

    def start(self, data: Path | None = None, *, binaries: Path | None = None) -> embedded.Server:
        """Start a server within this very process, without waiting for the disk."""
        server = embedded.start(data or self.data, fast=True, binaries=binaries)
        self._servers.append(server)
        return server

    def postmasters(self) -> list[psutil.Process]:
        """List the servers at work in the data folder, without their children."""
        found = at_work(self.data)
        family = {process.pid for process in found}
        return [process for process in found if process.ppid() not in family]

    def close(self) -> None:
        """End everything that was started here."""
        for server in self._servers:
            server.stop(force=True)
        for started in self._started:
            started.kill()
            started.communicate()
        for process in psutil.process_iter(["cwd"]):
            if (process.info["cwd"] or "").startswith(f"{self.folder}/"):
                process.kill()


def say(process: subprocess.Popen[str]) -> str:
    """Wait for the next line of a process; empty when it ended."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def kill(*processes: psutil.Process | subprocess.Popen[str]) -> None:
    """Kill -9, all before any of them could notice."""
    for process in processes:
        process.send_signal(signal.SIGSTOP)
    for process in processes:
        process.send_signal(signal.SIGKILL)
    for process in processes:
        if isinstance(process, subprocess.Popen):
            process.wait()
