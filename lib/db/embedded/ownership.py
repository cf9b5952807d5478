"""Leaving root: PostgreSQL refuses to run as root, so the server gets an account and a place it can reach."""

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

REFUGE = Path("/var/lib/pilote-bilan")


class DropRoot(TypedDict, total=False):
    """The subprocess arguments that change account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """Whom the server runs as; `leaves_root` when that is not the account of this process."""

    uid: int
    gid: int
    leaves_root: bool = False

    def subprocess_arguments(self) -> DropRoot:
        """What to give to subprocess so that a program runs as this account."""
        if not self.leaves_root:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand over what root has just made: this account may be the one that runs us next time."""
        if self.leaves_root:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def open(self, path: Path, flags: int = os.O_APPEND) -> int:
        """Open a private file of this account for writing, made if missing.

        Never through a symbolic link: root writes here into folders that another account could have prepared.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | flags, 0o600)
        if self.leaves_root:
            os.fchown(descriptor, self.uid, self.gid)
        return descriptor

    def may_enter(self, path: Path) -> bool:
        """Whether this account can pass through that folder, or run that program."""
        if not self.leaves_root:
            return os.access(path, os.X_OK)
        arguments = self.subprocess_arguments()
        return (
            subprocess.run(["/bin/sh", "-c", 'test -x "$0"', path], check=False, **arguments).returncode == 0
        )


def account_for(data: Path) -> Account:
    """Choose the owner of the data or of the project folder when we are root, else nobody."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for folder in (data, data.parent, data.parent.parent):
        if folder.exists() and (found := folder.stat()).st_uid != 0:
            return Account(found.st_uid, found.st_gid, leaves_root=True)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, leaves_root=True)


def fingerprint(path: Path) -> str:
    """Give a short name that only this path has."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def reachable_folder(data: Path, account: Account) -> Path:
    """Return where the data can live: as asked, or in the refuge when the account cannot get there.

    A project under /root is such a case: no folder is ever opened to let the server in.
    """
    _make_parents(data.parent, account)
    return data if account.may_enter(data.parent) else refuge(data) / data.name


def refuge(data: Path) -> Path:
    """Return a folder outside closed homes, made if missing: only passing through it is open to all."""
    folder = REFUGE / fingerprint(data)
    for path in (REFUGE, folder):
        if not path.exists():
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o711)
    return folder


def _make_parents(folder: Path, account: Account) -> None:
    """Make the missing folders, for the account that owns the project if there is one."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        if account.uid != pwd.getpwnam("nobody").pw_uid:
            account.own(path)
