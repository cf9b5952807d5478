"""Part 1: what each screen asks of the database and sends to the browser. The same each time, so also a test."""

import statistics
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.ground import Ground
from tests.bench.proxy import Proxy, counting
from tests.bench.screens import PEOPLE, RECRUITMENT, SCREENS, Screen
from tests.bench.servers import Served, running, start_product
from tests.bench.viewer import Answer, Viewer

LATENCY = 0.030
TOUCH = "update pilot.site set version = version + 1 where id = (select min(id) from pilot.site)"
WRITE = (
    "begin; select set_config('pilote.uid', '1', true), set_config('pilote.role', 'coordinator', true); "
    f"{TOUCH}; commit"
)


@dataclass(frozen=True)
class Count:
    """One run of one screen: round trips to the database, statements, rows, bytes, and its time."""

    screen: str
    run: str
    trips: int
    statements: int
    data_statements: int
    rows: int
    sent: int
    data: int
    ms: float
    problems: tuple[str, ...]


def touch(ground: Ground) -> None:
    """Write something, so that the revision moves and nothing kept counts any more."""
    ground.ask(WRITE)


def counted(screen: Screen, run: str, answer: Answer, proxy: Proxy) -> Count:
    """What went over the wire since the last time, set against what the browser got."""
    trips = [trip for trip in proxy.take() if trip.asked]
    return Count(
        screen.name,
        run,
        len(trips),
        sum(len(trip.asked) for trip in trips),
        sum(len(trip.data) for trip in trips),
        sum(trip.rows for trip in trips if trip.data),
        answer.sent,
        answer.data,
        round(answer.ms, 1),
        tuple(answer.problems),
    )


async def of_screen(server: Served, ground: Ground, proxy: Proxy, screen: Screen) -> list[Count]:
    """First view, the same again, a changed filter, back, and the same after somebody wrote."""
    cookie = ground.cookie(screen.role) if screen.signed_in else ""
    found = []
    async with Viewer(server.url, cookie, screen.path) as viewer:
        proxy.take()
        found.append(counted(screen, "first", await viewer.run(), proxy))
        found.append(counted(screen, "warm", await viewer.run(), proxy))
        if screen.filter in viewer.choosers:
            options = viewer.choosers[screen.filter].options
            answer = await viewer.choose(screen.filter, options[1])
            found.append(counted(screen, "filtered", answer, proxy))
            answer = await viewer.choose(screen.filter, options[0])
            found.append(counted(screen, "filtered back", answer, proxy))
        touch(ground)
        proxy.take()
        found.append(counted(screen, "cold", await viewer.run(), proxy))
    return found


async def warm_up(server: Served, ground: Ground) -> None:
    """Once through every screen: imports, connections and bytecode are paid by nobody's figures."""
    for screen in SCREENS:
        async with Viewer(
            server.url, ground.cookie(screen.role) if screen.role else "", screen.path
        ) as viewer:
            await viewer.run()


async def of_latency(server: Served, ground: Ground, proxy: Proxy, screen: Screen) -> dict[str, float]:
    """Medians of a rerun with nothing and with 30 ms between application and database, kept rows or not."""
    times: dict[str, float] = {}
    async with Viewer(server.url, ground.cookie(screen.role), screen.path) as viewer:
        await viewer.run()
        for name, latency in (("0 ms", 0.0), ("30 ms", LATENCY)):
            proxy.latency = latency
            for state in ("warm", "cold"):
                found = []
                for _turn in range(5):
                    if state == "cold":
                        touch(ground)
                    found.append((await viewer.run()).ms)
                times[f"{state} {name}"] = round(statistics.median(found), 1)
        proxy.latency = 0.0
    return times


async def measure(ground: Ground) -> dict[str, Any]:
    """Every screen of the product over one counting proxy."""
    with (
        counting(ground.socket) as proxy,
        running(start_product(ground.home, proxy.url("pilote", "pilote_app"))) as (server,),
    ):
        await warm_up(server, ground)
        counts = [one for screen in SCREENS for one in await of_screen(server, ground, proxy, screen)]
        latency = {
            screen.name: await of_latency(server, ground, proxy, screen) for screen in (RECRUITMENT, PEOPLE)
        }
    return {"counts": [asdict(one) for one in counts], "latency": latency}
