"""A real pgbouncer in transaction mode in front of the tests' server."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@contextmanager
def pgbouncer(folder: Path, server_socket: Path, database: str, pool_size: int) -> Iterator[str]:
    """The address of the pooler, as the application's role; it has `pool_size` server connections at most."""
    assert PROGRAM is not None, (
        "pgbouncer est nécessaire aux essais : scripts/install_test_programs.sh l'installe"
    )
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "users.txt").write_text('"pilote_app" ""\n')
    (folder / "pgbouncer.ini").write_text(
        f"""[databases]
{database} = host={server_socket} port=5432 dbname={database} user=pilote_app
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {pool_size}
max_client_conn = 600
server_idle_timeout = 5
"""
    )
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    process = subprocess.Popen(
        [PROGRAM, "-q", str(folder / "pgbouncer.ini")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=nobody.pw_uid if nobody else None,
        group=nobody.pw_gid if nobody else None,
        extra_groups=[] if nobody else None,
    )
    try:
        _wait_for(port, process)
        yield f"postgresql+psycopg://pilote_app@127.0.0.1:{port}/{database}"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("pgbouncer did not start")
