"""What the pilot aims at, and the plan of inclusions: points in time joined by straight lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lib.refusal import Refusal

PARTICIPANTS = 100
COUNSELLORS = 10

DEMO = "demo"
MAIN_WAVE_FROM = "main_wave_from"
"""Names of the settings: the pilot is a demonstration; the day on which the main wave begins."""

FEWEST_POINTS, MOST_POINTS = 2, 60


class PlanTooShort(Refusal):
    """A line needs two points."""

    text = "Un plan compte de {fewest} à {most} dates : ajoutez ou retirez des lignes."


class PlanOutOfOrder(Refusal):
    """Inclusions in all never go down, and a date appears once."""

    text = (
        "Le plan doit avancer : à partir du {on}, la date ou le nombre d'inclusions revient en arrière. "
        "Les nombres sont des totaux depuis le début."
    )


class PlanWithoutReason(Refusal):
    """Whoever reads the next version wants to know why it replaced this one."""

    text = "Indiquez pourquoi ce plan est enregistré : les versions précédentes restent consultables."


@dataclass(frozen=True)
class Point:
    """Inclusions planned to be reached, in all, on one date."""

    on: date
    inclusions: int


def check_plan(points: Sequence[Point], reason: str) -> None:
    """Raise the refusal that applies to these points, given in the order of their dates, if any."""
    if not FEWEST_POINTS <= len(points) <= MOST_POINTS:
        raise PlanTooShort(fewest=FEWEST_POINTS, most=MOST_POINTS)
    for before, after in pairwise(points):
        if after.on <= before.on or after.inclusions < before.inclusions:
            raise PlanOutOfOrder(on=f"{after.on:%d/%m/%Y}")
    if points[0].inclusions < 0:
        raise PlanOutOfOrder(on=f"{points[0].on:%d/%m/%Y}")
    if not reason.strip():
        raise PlanWithoutReason


def planned_at(points: Sequence[Point], on: date) -> float | None:
    """Inclusions planned by this date; nothing before the first point, the last total after the last one."""
    if not points:
        return None
    if on < points[0].on:
        return 0.0
    for before, after in pairwise(points):
        if on <= after.on:
            share = (on - before.on).days / (after.on - before.on).days
            return before.inclusions + share * (after.inclusions - before.inclusions)
    return float(points[-1].inclusions)
