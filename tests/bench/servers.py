"""What is measured, as child processes: the product, an empty Streamlit page and a naive dashboard."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from lib.config import PROJECT
from tests.bench.ground import Ground, clean_environment

SCRIPTS = Path(__file__).with_name("scripts")
HEALTHY_SECONDS = 120


@dataclass
class Served:
    """A running Streamlit server and what it used so far."""

    name: str
    url: str
    process: "subprocess.Popen[bytes]"
    started_in: float

    def cpu(self) -> float:
        """Seconds of processor so far."""
        used = psutil.Process(self.process.pid).cpu_times()
        return float(used.user + used.system)

    def memory(self) -> float:
        """Megabytes held now."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6

    def stop(self) -> None:
        """Ask it to end as Ctrl-C does, then insist."""
        if self.process.poll() is None:
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


def launch(
    name: str, script: Path, folder: Path, health: str, settings: dict[str, str], *options: str
) -> Served:
    """Start a script and wait until it answers; what it prints is kept in a file beside the data."""
    port = free_port()
    begun = time.perf_counter()
    log = Path(settings.get("PILOTE_HOME", str(folder))) / f"{name}.txt"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *options],
            cwd=folder,
            env=clean_environment(**settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    while not _answers(url + health):
        if process.poll() is not None or time.perf_counter() - begun > HEALTHY_SECONDS:
            raise RuntimeError(f"{name} did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.02)
    return Served(name, url, process, time.perf_counter() - begun)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def start_product(home: Path, database_url: str = "", demo: bool = True) -> Served:
    """The product as `make run` starts it."""
    settings = {"PILOTE_HOME": str(home), "PILOTE_DEMO": "1" if demo else "0"}
    if database_url:
        settings["DATABASE_URL"] = database_url
    return launch("product", PROJECT / "Home.py", PROJECT, "/healthz", settings)


def start_peer(name: str, ground: Ground) -> Served:
    """One of the throw-away scripts, with Streamlit's settings as they come and direct access to the tables."""
    settings = {
        "BENCH_DATABASE": f"host={ground.server.socket} port=5432 user=postgres dbname=pilote",
        "PILOTE_HOME": str(ground.home),
    }
    plain = ("--server.headless", "true", "--browser.gatherUsageStats", "false")
    return launch(name, SCRIPTS / f"{name}.py", ground.home, "/_stcore/health", settings, *plain)


@contextmanager
def running(*servers: Served) -> Iterator[tuple[Served, ...]]:
    """Servers that are stopped whatever happens."""
    try:
        yield servers
    finally:
        for server in servers:
            server.stop()
