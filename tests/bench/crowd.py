"""Part 2: many viewers at once over websockets, some of them while others write."""

import asyncio
import random
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.bench.counts import touch
from tests.bench.ground import Ground
from tests.bench.screens import Screen
from tests.bench.servers import Served
from tests.bench.viewer import Answer, Viewer

MEAN_THINKING = 2.0


@dataclass
class Watched:
    """What all viewers together saw."""

    times: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def note(self, answer: Answer, by_itself: bool = False) -> None:
        (self.alone if by_itself else self.times).append(answer.ms)
        self.problems += answer.problems


@dataclass(frozen=True)
class Load:
    """How many look, how long each thinks between two actions, and how many writes fall in each second."""

    viewers: int
    thinking: float
    writes: float = 0.0
    seconds: float = 20.0

    @property
    def name(self) -> str:
        pace = f"une action / {self.thinking:g} s" if self.thinking else "sans pause"
        return f"{self.viewers} écrans, {pace}" + (f", {self.writes:g} écritures / s" if self.writes else "")


async def _act(viewer: Viewer, screen: Screen, drawn: random.Random) -> Answer:
    """Change the filter, or ask for the same again where the page has none."""
    chooser = viewer.choosers.get(screen.filter)
    if chooser is None or len(chooser.options) < 2:
        return await viewer.run()
    return await viewer.choose(screen.filter, drawn.choice(chooser.options))


async def _look(
    viewer: Viewer, screen: Screen, load: Load, seen: Watched, drawn: random.Random, end: float
) -> None:
    """Act, think, and meanwhile let the live parts of the page repeat themselves as a browser does."""
    now = time.monotonic()
    action = now + drawn.random() * load.thinking
    repeats = {part: now + every for part, every in viewer.repeats.items()}
    while time.monotonic() < end:
        part, due = min(repeats.items(), key=lambda item: item[1], default=("", end + 1))
        await asyncio.sleep(max(0.0, min(due, action) - time.monotonic()))
        if due < action:
            seen.note(await viewer.run(part), by_itself=True)
            repeats[part] = time.monotonic() + viewer.repeats.get(part, 60)
            continue
        seen.note(await _act(viewer, screen, drawn))
        action = time.monotonic() + drawn.uniform(0.5, 1.5) * load.thinking
        repeats = {
            part: repeats.get(part, time.monotonic() + every) for part, every in viewer.repeats.items()
        }


async def _write(ground: Ground, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        await asyncio.to_thread(touch, ground)


async def under(server: Served, ground: Ground, screen: Screen, load: Load) -> dict[str, Any]:
    """One load on one screen; the product's processor time and memory beside the times."""
    cookie = ground.cookie(screen.role) if server.name == "product" else ""
    path = screen.path if server.name == "product" else ""
    seen, before = Watched(), server.memory()
    viewers = [Viewer(server.url, cookie, path) for _n in range(load.viewers)]
    for viewer in viewers:
        await viewer.__aenter__()
        first = await viewer.run()
        seen.problems += first.problems
    writing = asyncio.create_task(_write(ground, 1 / load.writes)) if load.writes else None
    begun, cpu = time.monotonic(), server.cpu()
    drawn = random.Random(7)
    await asyncio.gather(
        *(_look(viewer, screen, load, seen, drawn, begun + load.seconds) for viewer in viewers)
    )
    took, used = time.monotonic() - begun, server.cpu() - cpu
    if writing:
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
    held = server.memory()
    for viewer in viewers:
        await viewer.__aexit__()
    return _told(load, seen, took, used) | {"rss_before": round(before), "rss_after": round(held)}


def _told(load: Load, seen: Watched, took: float, used: float) -> dict[str, Any]:
    times = sorted(seen.times)
    runs = len(times) + len(seen.alone)
    return {
        "load": load.name,
        "runs": len(times),
        "live_runs": len(seen.alone),
        "p50": round(statistics.median(times), 1) if times else None,
        "p95": round(times[int(len(times) * 0.95)], 1) if times else None,
        "max": round(times[-1], 1) if times else None,
        "live_p50": round(statistics.median(seen.alone), 1) if seen.alone else None,
        "per_second": round(runs / took, 1),
        "cpu_ms": round(used / runs * 1000, 1) if runs else None,
        "cpu_share": round(used / took, 2),
        "errors": len(seen.problems),
        "first_errors": sorted(set(seen.problems))[:3],
    }


def loads(quick: bool) -> tuple[Load, ...]:
    seconds = 8.0 if quick else 30.0
    return (
        Load(1, 0.0, 0, seconds / 2),
        Load(20, 0.0, 0, seconds),
        Load(20, MEAN_THINKING, 0, seconds),
        Load(50, MEAN_THINKING, 0, seconds),
        Load(50, MEAN_THINKING, 2, seconds),
    )


async def soak(server: Served, ground: Ground, screen: Screen, reruns: int) -> dict[str, Any]:
    """Memory over many reruns of one tab after another; the first tenth fills what is filled once."""
    cookie, warm = ground.cookie(screen.role), reruns // 10
    before = server.memory()
    done = 0
    drawn = random.Random(11)
    while done < reruns + warm:
        async with Viewer(server.url, cookie, screen.path) as viewer:
            await viewer.run()
            for _turn in range(50):
                await _act(viewer, screen, drawn)
        done += 51
        if done - 51 < warm <= done:
            before = server.memory()
    after = server.memory()
    return {
        "reruns": reruns,
        "rss_before": round(before),
        "rss_after": round(after),
        "mb_per_thousand": round((after - before) / (done - warm) * 1000, 2),
    }
