"""A start that cannot succeed ends with one sentence and a status, never with a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lib.config import PROJECT
from tests.journeys.application import free_port

pytestmark = [pytest.mark.fault, pytest.mark.slow]
COMMANDS = {
    "application": [sys.executable, "-m", "streamlit", "run", "Home.py"],
    "command line": [sys.executable, "-m", "lib.manage", "migrate"],
}


def start(command: str, before: tuple[str, ...] = (), **settings: str) -> tuple[int, str]:
    """What the start said on the terminal, without Streamlit's own greeting, and how it ended."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("PILOTE", "DATABASE", "STREAMLIT"))
    }
    environment |= {"STREAMLIT_SERVER_PORT": str(free_port()), **settings}
    done = subprocess.run(
        [*before, *COMMANDS[command]],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=90,
        check=False,
    )
    said = [line for line in done.stdout.splitlines() if line.strip()]
    return done.returncode, "\n".join(
        line for line in said if "You can now view" not in line and "URL:" not in line
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://x/y", "Réglage DATABASE_URL"),
        ("DATABASE_URL", "postgresql://a:pa@ss:wo/rd@host/x", "Réglage DATABASE_URL"),
        ("DATABASE_URL", "postgresql://somebody:secret@127.0.0.1:9/x", ""),
        ("PILOTE_DEMO", "peut-être", "Réglage PILOTE_DEMO"),
        ("PILOTE_PUBLIC_URL", "ftp://x", "Réglage PILOTE_PUBLIC_URL"),
        ("PILOTE_HOME", "/dev/null/x", "Réglage PILOTE_HOME"),
    ],
)
def test_a_wrong_setting_is_named(home: Path, command: str, setting: str, value: str, sentence: str) -> None:
    status, said = start(command, **({"PILOTE_HOME": str(home)} | {setting: value}))

    assert status == 1, said
    assert said.startswith(sentence)
    assert "Traceback" not in said
    assert "secret" not in said
    assert len(said.splitlines()) <= 2, said


@pytest.mark.parametrize(
    ("options", "sentence"),
    [("size=12m,mode=755", "est plein"), ("ro,mode=755", "rien ne peut être écrit dans")],
)
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can prepare this")
def test_a_full_or_read_only_disk_is_said(opened_base: Path, options: str, sentence: str) -> None:
    disk = opened_base / "disque"
    disk.mkdir(exist_ok=True)
    script = 'mount -t tmpfs -o "$0" tmpfs "$1" && shift && exec "$@"'
    mounted = ("unshare", "--mount", "/bin/sh", "-c", script, options, str(disk))
    if shutil.which("unshare") is None or subprocess.run([*mounted, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    status, said = start("application", mounted, PILOTE_HOME=str(disk / "pilote"))

    assert status == 1, said
    assert sentence in said
    assert "Traceback" not in said
