"""Invented people and their paths: drawn from a seed, at rates that oncology services really see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from lib.journey.rules import (
    REASONS,
    Answer,
    Channel,
    ConsentKind,
    Employment,
    Sex,
    State,
    Step,
    Wave,
)
from lib.manage.demo.cast import SiteSketch

NOTE_VERSION = "v1.0"
MAIN_WAVE_DAYS_AGO = 146
T = TypeVar("T")
Route = tuple[State | None, float, int, int]
"""A next state (None: nothing more happens), its weight, and the days it takes, at least and at most."""

ROUTES: dict[State, tuple[Route, ...]] = {
    State.IDENTIFIED: (
        (State.SCREENING, 90, 1, 8),
        (State.NOT_APPROACHED, 5, 3, 20),
        (State.DUPLICATE, 2, 0, 3),
        (None, 3, 0, 0),
    ),
    State.SCREENING: ((State.ELIGIBLE, 86, 1, 10), (State.INELIGIBLE, 11, 1, 10), (None, 3, 0, 0)),
    State.ELIGIBLE: (
        (State.INFORMED, 84, 2, 18),
        (State.NOT_APPROACHED, 5, 5, 25),
        (State.DEFERRED, 7, 2, 10),
        (None, 4, 0, 0),
    ),
    State.INFORMED: (
        (State.CONSENTED, 50, 5, 24),
        (State.DECLINED, 28, 3, 21),
        (State.DEFERRED, 10, 3, 20),
        (State.UNREACHABLE, 7, 14, 32),
        (None, 5, 0, 0),
    ),
    State.DEFERRED: (
        (State.INFORMED, 50, 0, 10),
        (State.DECLINED, 18, 0, 10),
        (State.UNREACHABLE, 10, 5, 25),
        (None, 22, 0, 0),
    ),
    State.CONSENTED: ((State.WITHDRAWN, 4, 10, 60), (None, 96, 0, 0)),
}
SAYS_YES = {
    ConsentKind.BILAN: 1.0,
    ConsentKind.RESEARCH: 0.93,
    ConsentKind.FOLLOWUP_CONTACT: 0.88,
    ConsentKind.KEEP_DOCUMENTS: 0.6,
    ConsentKind.SHARE_SYNTHESIS: 0.25,
}
CHANNELS = dict(zip(Channel, (28, 24, 20, 12, 6, 8, 2), strict=True))
SEXES = dict(zip(Sex, (70, 29, 1), strict=True))
EMPLOYMENTS = dict(zip(Employment, (34, 8, 9, 12, 22, 8, 4, 2, 1), strict=True))


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist: the place of their site in the list, and what happened after orientation."""

    site: int
    wave: Wave
    referred_on: date
    channel: Channel
    birth_year: int
    sex: Sex
    employment: Employment
    steps: tuple[Step, ...]


def people(number: int, sites: Sequence[SiteSketch], today: date, random: Random) -> Iterator[Person]:
    """So many people, one after the other: nothing is kept, whatever their number."""
    spans = [(place, *span) for place, site in enumerate(sites) for span in site.open_spans(today)]
    weights = [(last - first).days * (sites[place].target or 10) for place, first, last in spans]
    main_wave = today - timedelta(days=MAIN_WAVE_DAYS_AGO)
    for place, first, last in random.choices(spans, weights, k=number):
        referred_on = first + timedelta(days=int((last - first).days * random.random()))
        yield Person(
            site=place,
            wave=Wave.TEST if referred_on < main_wave else Wave.MAIN,
            referred_on=referred_on,
            channel=_drawn(CHANNELS, random),
            birth_year=today.year - random.randint(24, 61),
            sex=_drawn(SEXES, random),
            employment=_drawn(EMPLOYMENTS, random),
            steps=tuple(_path(referred_on, today, random)),
        )


def _drawn(weights: dict[T, int], random: Random) -> T:
    return random.choices(list(weights), list(weights.values()))[0]


def _path(referred_on: date, today: date, random: Random) -> Iterator[Step]:
    """Steps up to today; each follows the table of transitions, its reasons and its dates."""
    state, on = State.IDENTIFIED, referred_on
    while state in ROUTES:
        routes = ROUTES[state]
        to, _weight, soonest, latest = random.choices(routes, [route[1] for route in routes])[0]
        on += timedelta(days=random.randint(soonest, latest))
        if to is None or on > today:
            return
        step = _step(to, on, random)
        yield step
        state, on = to, step.recontact_on or on


def _step(to: State, on: date, random: Random) -> Step:
    reasons = REASONS.get(to)
    return Step(
        to,
        on,
        reason=random.choice(reasons) if reasons else None,
        recontact_on=on + timedelta(days=random.randint(21, 75)) if to is State.DEFERRED else None,
        note_version=NOTE_VERSION if to is State.INFORMED else "",
        consents=_answers(random) if to is State.CONSENTED else {},
    )


def _answers(random: Random) -> dict[ConsentKind, Answer]:
    return {
        kind: Answer.GIVEN if random.random() < chance else Answer.REFUSED
        for kind, chance in SAYS_YES.items()
    }
