"""Runs the parts that were asked for at the sizes that were asked for; never fails a build."""

import argparse
import asyncio
import json
import os
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import answers, browser, counts, crowd, starting
from tests.bench.ground import Ground, seeded
from tests.bench.report import lines
from tests.bench.screens import HOME, PEOPLE, RECRUITMENT
from tests.bench.servers import Served, running, start_peer, start_product

PARTS = ("counts", "viewers", "browser", "answers", "start")
QUICK_ROUNDS, ROUNDS = 3, 9


def arguments() -> argparse.Namespace:
    """As `lib.manage bench` hands them on, which also explains them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--sizes", default="100,10000,100000")
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


def say(text: str) -> None:
    """What is under way, on the side of the figures."""
    print(text, file=sys.stderr, flush=True)


def attempted(name: str, part: Callable[[], Any]) -> Any:
    """The part's figures; a part that breaks is told and leaves the others theirs."""
    say(f"… {name}")
    try:
        return part()
    except Exception:  # a bench tells what it could not measure and goes on
        say(traceback.format_exc())
        return None


def viewers(ground: Ground, servers: tuple[Served, ...], quick: bool) -> dict[str, Any]:
    """Every load on the recruitment page, and one viewer alone on the others, E and N."""
    found: dict[str, Any] = {}
    alone, *_many = crowd.loads(quick)
    for server in servers:
        for screen in (HOME, RECRUITMENT, PEOPLE):
            name = screen.name if server.name == "product" else server.name
            if name in found:
                continue
            heavy = server.name == "product" and screen in (RECRUITMENT, PEOPLE)
            found[name] = {}
            for load in crowd.loads(quick) if heavy else (alone,):
                say(f"  {name}, {load.name}")
                found[name][load.name] = asyncio.run(crowd.under(server, ground, screen, load))
            if server.name == "empty":
                break
    product = servers[0]
    found["soak"] = asyncio.run(crowd.soak(product, ground, RECRUITMENT, 500 if quick else 10_000))
    return found


def of_size(size: int, parts: set[str], quick: bool) -> dict[str, Any]:
    """The parts that need a pilot of this size."""
    say(f"{size} bénéficiaires")
    found: dict[str, Any] = {}
    with seeded(size) as ground:
        found["filled_seconds"], found["filled_mb"] = round(ground.filled_seconds, 1), round(ground.filled_mb)
        if "counts" in parts:
            found["counts"] = attempted("trajets et octets", lambda: asyncio.run(counts.measure(ground)))
        if parts & {"viewers", "browser"}:
            with running(
                start_product(ground.home), start_peer("empty", ground), start_peer("naive", ground)
            ) as servers:
                if "browser" in parts:
                    rounds = QUICK_ROUNDS if quick else ROUNDS
                    found["browser"] = attempted(
                        "navigateur", lambda: browser.measure(ground, servers, rounds)
                    )
                if "viewers" in parts:
                    found["crowd"] = attempted("écrans", lambda: viewers(ground, servers, quick))
        if "answers" in parts:
            found["answers"] = attempted("réponses", lambda: answers.measure(ground))
    return found


def main() -> int:
    """Measure, print, write."""
    asked = arguments()
    parts = set(asked.parts.split(","))
    results: dict[str, Any] = {
        "machine": {
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "load": os.getloadavg(),
        },
        "quick": asked.quick,
        "sizes": {size: of_size(int(size), parts, asked.quick) for size in asked.sizes.split(",") if size},
    }
    if "start" in parts:
        results["starting"] = attempted("démarrages et import", lambda: starting.measure(asked.quick))
    results["machine"]["load_after"] = os.getloadavg()
    print("\n".join(lines(results)))
    if asked.json:
        asked.json.write_text(
            json.dumps(results, ensure_ascii=False, indent=1, default=str), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
