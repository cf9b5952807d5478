"""Who and what appears in the demonstration; every name is invented and no place with such a name is meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data.reference.load import regions_and_departments
from lib.access import Role
from lib.sites.rules import Kind, SiteState, Step

SMALL_ENOUGH = 9_999
"""Up to this many people the pilot has its own thirteen sites; beyond, fifty."""


@dataclass(frozen=True)
class SiteSketch:
    """A site and its story: (days ago, state entered), oldest first."""

    name: str
    kind: Kind
    city: str
    department: str
    target: int | None
    story: tuple[tuple[int, SiteState], ...]

    @property
    def state(self) -> SiteState:
        return self.story[-1][1]

    def open_spans(self, today: date) -> list[tuple[date, date]]:
        """When people could be oriented: first and last day of each time activated."""
        ends = [*(ago for ago, _state in self.story[1:]), 0]
        return [
            (today - timedelta(days=ago), today - timedelta(days=end))
            for (ago, state), end in zip(self.story, ends, strict=True)
            if state is SiteState.ACTIVATED
        ]

    def steps_done(self, today: date) -> dict[Step, date]:
        """The checklist: all of it where the site was activated, its beginning where it agreed."""
        entered = {state: ago for ago, state in reversed(self.story)}
        if SiteState.ACTIVATED in entered:
            days = entered[SiteState.ACTIVATED]
            return {step: today - timedelta(days=days + 3 * n) for n, step in enumerate(reversed(Step), 1)}
        if SiteState.AGREED in entered:
            days = entered[SiteState.AGREED]
            return {
                step: today - timedelta(days=max(days - 5 * n, 0)) for n, step in enumerate(list(Step)[:2])
            }
        return {}


def _opened(ago: int, *later: tuple[int, SiteState]) -> tuple[tuple[int, SiteState], ...]:
    return (
        (ago + 60, SiteState.PROSPECT),
        (ago + 30, SiteState.AGREED),
        (ago, SiteState.ACTIVATED),
        *later,
    )


_PAUSE = ((63, SiteState.PAUSED),)
_CLOSED = ((98, SiteState.CLOSED),)
SITES = (
    SiteSketch("Hôpital Aurore", Kind.CHU, "Rennes", "35", 14, _opened(280)),
    SiteSketch("Hôpital Beauséjour", Kind.ESPIC, "Paris", "75", 14, _opened(273)),
    SiteSketch("Institut Clairval", Kind.CLCC, "Lyon", "69", 14, _opened(252)),
    SiteSketch("Centre hospitalier des Tilleuls", Kind.CH, "Lille", "59", 10, _opened(231)),
    SiteSketch("Clinique du Grand Large", Kind.CLINIC, "Marseille", "13", 8, _opened(203)),
    SiteSketch("Association Rebonds", Kind.ASSOCIATION, "Nantes", "44", 8, _opened(182)),
    SiteSketch("Hôpital Pierre-Blanche", Kind.CHU, "Toulouse", "31", 10, _opened(161)),
    SiteSketch("Centre hospitalier du Vignoble", Kind.CH, "Reims", "51", 6, _opened(147, *_PAUSE)),
    SiteSketch("Institut Montbrun", Kind.INSTITUTE, "Tours", "37", 6, _opened(112)),
    SiteSketch("Hôpital des Flamboyants", Kind.CH, "Saint-Denis", "974", 6, _opened(84)),
    SiteSketch("Association Second Souffle", Kind.ASSOCIATION, "Ajaccio", "2A", 4, _opened(245, *_CLOSED)),
    SiteSketch(
        *("Clinique des Remparts", Kind.CLINIC, "Besançon", "25", 6),
        ((75, SiteState.PROSPECT), (21, SiteState.AGREED)),
    ),
    SiteSketch("Hôpital du Littoral", Kind.CHU, "Montpellier", "34", None, ((35, SiteState.PROSPECT),)),
)

FIRST_NAMES = (
    *("Camille", "Dominique", "Claude", "Sacha", "Maxime", "Charlie", "Lou", "Morgan", "Alix", "Andréa"),
    *("Noa", "Eden", "Yaël", "Ange", "Jackie", "Maël", "Swann", "Gwenn", "Stéphane", "Frédérique"),
)
BIRDS = (
    *("Mésange", "Rossignol", "Pinson", "Fauvette", "Grive", "Hirondelle", "Loriot"),
    *("Merle", "Roitelet", "Sittelle", "Verdier", "Alouette", "Bergeronnette", "Chardonneret"),
)
TREES = (
    *("Noisetier", "Érable", "Tilleul", "Bouleau", "Cèdre", "Saule", "Olivier", "Charme", "Aulne", "Frêne"),
    *("Sorbier", "Mélèze", "Platane", "Figuier", "Amandier", "Cyprès", "Genévrier", "Cornouiller"),
)
COUNSELLOR_REGIONS = ("53", "11", "84", "32", "93", "52", "76", "44", "24", "04", "94", "27", "11", "84")

ACCOUNTS = (
    ("coordination@demo", "Camille Exemple", Role.COORDINATOR),
    ("formation@demo", "Claude Exemple", Role.TRAINER),
    ("conseil@demo", "Camille Mésange", Role.COUNSELLOR),
    ("site@demo", "Sacha Exemple", Role.SITE_REFERENT),
    ("evaluation@demo", "Alix Exemple", Role.EVALUATOR),
    ("partenaire@demo", "Lou Exemple", Role.PARTNER),
    ("admin@demo", "Andréa Exemple", Role.ADMIN),
)


def sites_for(people: int) -> tuple[SiteSketch, ...]:
    """The sites of a pilot of this size."""
    return SITES if people <= SMALL_ENOUGH else tuple(_many())


def _many(number: int = 50) -> Iterator[SiteSketch]:
    _regions, departments = regions_and_departments()
    kinds = list(Kind)
    for n in range(1, number + 1):
        department = departments[(n * 2) % len(departments)]
        name = f"Hôpital de démonstration {n:02} ({department['name']})"
        yield SiteSketch(name, kinds[n % len(kinds)], "", department["code"], None, _opened(100 + n * 12))
