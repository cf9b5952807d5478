"""The data folder itself: made whole or not at all, and the settings it runs with."""

import glob
import os
import shutil
import tempfile
from pathlib import Path

from lib.db.embedded.binaries import Programs
from lib.db.embedded.errors import OtherVersion
from lib.db.embedded.ownership import Account

SETTINGS = "pilote.conf"
SETTINGS_TEXT = """\
# Written by Pilote Bilan at each start. Your own settings go at the end of postgresql.conf.

# no TCP: only who may enter this private folder reaches the socket
listen_addresses = ''
# relative to this folder: it may be moved, and have spaces or accents in its path
unix_socket_directories = '.'
max_connections = 100
shared_buffers = 64MB
shared_preload_libraries = ''
# all queries are short: compiling them costs more than it gives
jit = off
track_io_timing = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
# rows that break a rule, and statements, would copy personal data into the log: the application reports them
log_error_verbosity = terse
log_min_messages = log
log_min_error_statement = panic
"""


def initialised(data: Path) -> bool:
    """Whether this folder holds a whole database server."""
    return (data / "PG_VERSION").exists()


def initialise(data: Path, programs: Programs, *, fast: bool) -> None:
    """Prepare the folder beside, then rename it: a killed preparation leaves nothing that looks finished.

    Beside under a new name each time, since an initdb whose parent was killed may still be writing.
    """
    for unfinished in data.parent.glob(glob.escape(data.name) + ".new-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=data.name + ".new-", dir=data.parent))
    programs.account.own(new)
    programs.run("initdb", "-D", new, *_initdb_arguments(programs.major, fast=fast), writes_to=data)
    with os.fdopen(programs.account.open(new / "postgresql.conf"), "a") as configuration:
        configuration.write(f"\ninclude '{SETTINGS}'\n")
    write_settings(new, programs.account)
    if data.exists():
        # made unfinished by somebody else's hand: set aside, never deleted
        data.rename(_free_name(data))
    new.rename(data)
    _keep_names(data.parent)


def _initdb_arguments(major: int, *, fast: bool) -> list[str]:
    """Ask for a server that does not depend on the machine's locales."""
    arguments = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums"]
    if major >= 17:
        arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        arguments += ["--lc-ctype=C.UTF-8"]
    return [*arguments, "--no-sync"] if fast else arguments


def _keep_names(folder: Path) -> None:
    """Have the names in a folder written to the disk: rows will be, and would be lost with their folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _free_name(data: Path) -> Path:
    """Find a name for what is set aside."""
    number = 1
    while (aside := data.with_name(f"{data.name}.incomplet-{number}")).exists():
        number += 1
    return aside


def write_settings(data: Path, account: Account) -> None:
    """Bring the settings of this version of the product, whole even if the machine stops meanwhile."""
    settings, new = data / SETTINGS, data / f"{SETTINGS}.new"
    if settings.exists() and settings.read_text() == SETTINGS_TEXT:
        return
    with os.fdopen(account.open(new, os.O_TRUNC), "w") as file:
        file.write(SETTINGS_TEXT)
        file.flush()
        os.fsync(file.fileno())
    new.replace(settings)


def check_version(data: Path, programs: Programs) -> None:
    """Refuse data of another major version, which these programs cannot read."""
    found = (data / "PG_VERSION").read_text().strip()
    if found != str(programs.major):
        raise OtherVersion(found=found, installed=programs.major)
