"""The postgres processes of a data folder, told by where they work: a recorded pid proves nothing.

A pid in a file may be a zombie, or belong to an innocent process since; every postgres process of a server,
and no other, has the data folder as its working directory.
"""

import signal
import time
from pathlib import Path

import psutil

GONE = (psutil.NoSuchProcess, psutil.AccessDenied)


def at_work(data: Path) -> list[psutil.Process]:
    """List the live postgres processes of this folder."""
    return [process for process in psutil.process_iter() if _works_in(process, data)]


def shut_down(data: Path, seconds: float) -> bool:
    """Ask the server of this folder to end now, orderly; True when it was there and is gone."""
    found = at_work(data)
    family = {process.pid for process in found}
    for process in found:
        try:
            if process.ppid() not in family:
                process.send_signal(signal.SIGINT)
        except GONE:
            continue
    deadline = time.monotonic() + seconds
    while at_work(data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return bool(found)


def _works_in(process: psutil.Process, data: Path) -> bool:
    """Whether this is a live postgres process of that folder; false for what we may not look at."""
    try:
        return (
            process.name().startswith("postgres")
            and process.status() != psutil.STATUS_ZOMBIE
            and process.cwd() == str(data)
        )
    except GONE:
        return False
