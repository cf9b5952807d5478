"""The application as it is started for real, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lib.config import PROJECT


@dataclass
class App:
    """A running application: its address, its folder and its process."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start_app(home: Path, demo: bool = True, **settings: str) -> App:
    """Start the application as `make run` does (`make start` without the demonstration); returns once healthy."""
    port = free_port()
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("PILOTE", "DATABASE", "STREAMLIT"))
    }
    environment |= {"PILOTE_HOME": str(home), "PILOTE_DEMO": "1" if demo else "0", **settings}
    with (home / "output.txt").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "Home.py", "--server.port", str(port)],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    app = App(f"http://127.0.0.1:{port}", home, process)
    wait_until(lambda: _healthy(app), 90, lambda: (home / "output.txt").read_text(errors="replace")[-3000:])
    return app


def _healthy(app: App) -> bool:
    if app.process.poll() is not None:
        raise AssertionError((app.home / "output.txt").read_text(errors="replace")[-3000:])
    try:
        with urllib.request.urlopen(f"{app.url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_until(done: Callable[[], bool], seconds: float, story: Callable[[], str] = lambda: "") -> None:
    """Wait for a condition, never for a time."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s. {story()}")
        time.sleep(0.05)
