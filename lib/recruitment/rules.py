"""The flow from orientation to inclusion: each box is the next box, the coded losses, and those who wait."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lib.journey.rules import LIVE, STEPS, Reason, State, Wave

SMALLEST_SHOWN = 5
"""Nothing about fewer people is shown to a role that does not work on the persons themselves."""

WAITS_AFTER_DAYS = 14
"""From this many days on, a waiting person is pointed out."""


@dataclass(frozen=True)
class Count:
    """People who went as far as `furthest`, are in this state now, for this reason ('' where there is none)."""

    furthest: int
    state: State
    reason: str
    n: int
    wave: Wave = Wave.MAIN


@dataclass(frozen=True)
class Loss:
    """People who left the way here, and why; `n` is None where it is too small to be shown."""

    state: State
    reason: Reason | None
    n: int | None


@dataclass(frozen=True)
class Box:
    """One step of the flow: who reached it, who still waits there, who is to be contacted again, who left."""

    step: State
    n: int
    waiting: int
    deferred: int
    losses: tuple[Loss, ...]

    @property
    def lost(self) -> int:
        return sum(loss.n or 0 for loss in self.losses)


@dataclass(frozen=True)
class Filters:
    """Whom the figures are about; the period is that of the orientation, in whole months."""

    wave: str | None = None
    region: str | None = None
    site: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def everybody(self) -> bool:
        return self == Filters()


def flow_of(counts: Iterable[Count]) -> tuple[Box, ...]:
    """The boxes from orientation to inclusion."""
    stopped: dict[int, dict[tuple[State, str], int]] = defaultdict(lambda: defaultdict(int))
    for count in counts:
        stopped[count.furthest][count.state, count.reason] += count.n
    reached = 0
    boxes: list[Box] = []
    for position in reversed(range(len(STEPS))):
        here = stopped[position]
        reached += sum(here.values())
        boxes.append(_box(position, reached, here))
    return tuple(reversed(boxes))


def _box(position: int, reached: int, here: dict[tuple[State, str], int]) -> Box:
    losses = [
        Loss(state, Reason(reason) if reason else None, n)
        for (state, reason), n in here.items()
        if state not in LIVE and n
    ]
    losses.sort(key=lambda loss: (-(loss.n or 0), loss.state.value, loss.reason or ""))
    deferred = sum(n for (state, _reason), n in here.items() if state is State.DEFERRED)
    waiting = sum(n for (state, _reason), n in here.items() if state in LIVE) - deferred
    return Box(STEPS[position], reached, waiting, deferred, tuple(losses))


def balance(flow: Sequence[Box]) -> bool:
    """Whether every box is exactly the next one, its losses and those who wait in it."""
    following = [*(box.n for box in flow[1:]), 0]
    return all(
        box.n == after + box.waiting + box.deferred + box.lost
        for box, after in zip(flow, following, strict=True)
    )


def reached(flow: Sequence[Box], step: State) -> int:
    """People who reached this step, whatever came after."""
    return next((box.n for box in flow if box.step is step), 0)


def included_by_wave(counts: Iterable[Count]) -> dict[Wave, int]:
    """Inclusions of each wave, whatever came after."""
    found = dict.fromkeys(Wave, 0)
    for count in counts:
        if count.furthest == len(STEPS) - 1:
            found[count.wave] += count.n
    return found


def masked(counts: Sequence[int], smallest: int = SMALLEST_SHOWN) -> list[int | None]:
    """The counts without the small ones, nor any that their total would give away."""
    hidden = {place for place, n in enumerate(counts) if n < smallest}
    by_size = sorted((n, place) for place, n in enumerate(counts) if n >= smallest)
    while hidden and by_size and (len(hidden) < 2 or sum(counts[place] for place in hidden) < smallest):
        hidden.add(by_size.pop(0)[1])
    return [None if place in hidden else n for place, n in enumerate(counts)]


def masked_losses(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """The same losses, the small groups without their number."""
    shown = masked([loss.n or 0 for loss in losses])
    return tuple(Loss(loss.state, loss.reason, n) for loss, n in zip(losses, shown, strict=True))


def masked_rows(rows: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """Counts of sites, each row from the whole to its parts, without what is about fewer than five people:
    nor small cells, nor parts that leave fewer than five out, nor any that a total would give away."""
    columns = [masked(column) for column in zip(*rows, strict=True)]
    shown = [list(row) for row in zip(*columns, strict=True)]
    for row, counts in zip(shown, rows, strict=True):
        for place in range(1, len(row)):
            if row[0] is None or counts[0] - counts[place] < SMALLEST_SHOWN:
                row[place] = None
    return shown


def cumulative(weeks: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    """Totals at the end of each week, from (Monday, inclusions of the week) in order."""
    total, result = 0, []
    for monday, n in weeks:
        total += n
        result.append((monday, total))
    return result
