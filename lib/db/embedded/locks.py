"""Who may touch a data folder now, and who still uses it: locks that the kernel frees, even after kill -9."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.db.embedded.ownership import Account


@contextmanager
def exclusive(path: Path, account: Account) -> Iterator[None]:
    """Be the only one, of all processes and threads, to hold this lock."""
    descriptor = account.open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Users:
    """The processes that use a server: each holds a shared lock on one file for as long as it does."""

    def __init__(self, path: Path, account: Account) -> None:
        self._path, self._account = path, account
        self._descriptor: int | None = None
        self._process = 0

    def join(self) -> bool:
        """Say that this process uses the server; False when it had said so already."""
        if self._descriptor is not None:
            return False
        self._descriptor = self._account.open(self._path)
        self._process = os.getpid()
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return True

    def joined(self) -> bool:
        """Whether this very process uses the server: a forked child shares the lock but has not joined."""
        return self._descriptor is not None and self._process == os.getpid()

    def leave(self) -> bool:
        """Use the server no longer; True when nobody else does."""
        if self._descriptor is None:
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            return True
        finally:
            os.close(self._descriptor)
            self._descriptor = None
