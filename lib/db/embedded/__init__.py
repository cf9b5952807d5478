"""The embedded PostgreSQL server: the database of whoever installs nothing and configures nothing.

The programs come from an installed wheel; their life is looked after here:

    server = start(Path(".local/postgres"))    # any process may call it, any time
    engine = create_engine(server.url("pilote", "pilote_app"))

The server belongs to its data folder, not to the process that launched it: every process that called `start`
shares it, and the last one to leave stops it.
"""

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from lib.db.embedded.errors import EmbeddedError, NotOnWindows, explained

if TYPE_CHECKING or sys.platform != "win32":
    from lib.db.embedded.server import Server

__all__ = ["EmbeddedError", "Server", "leave", "start"]

_servers: dict[Path, "Server"] = {}
_registry = threading.Lock()


def start(data: Path, *, fast: bool = False, binaries: Path | None = None) -> "Server":
    """Return the running server of this data folder, made and started if need be.

    `fast` gives up safety against power cuts, for tests only. `binaries` is the bin folder of another
    PostgreSQL than the one found by itself. Both count for the first call only: one server for each folder.
    """
    if sys.platform == "win32":
        raise NotOnWindows()
    folder = data.expanduser().resolve()
    with _registry, explained(folder):
        server = _servers.get(folder) or Server(folder, fast=fast, binaries=binaries)
        _servers[folder] = server
    server.start()
    return server


def leave() -> None:
    """Leave every server that this process uses; one that nobody else uses stops.

    Said by whoever ends in good order: a process that ends by a signal runs none of its exit hooks.
    """
    with _registry:
        for server in _servers.values():
            server.stop()
