"""The figures to reach, and whether this run reached them. Peers that are not here are set against E, as measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Results = dict[str, Any]
SMALL, LARGE = "100", "100000"
HEAVIEST = ("accueil", "recrutement", "personnes")
D_FIND_AGAINST_E = 782 / 732  # Directus found one of 100,000 in 782 ms where E was viewed in 732 ms
D_VIEW_AGAINST_E = 2_456 / 732
DASH_UPDATE_AGAINST_E = 327 / 70
S_UPDATE_AGAINST_E = 1_852 / 70
SATURATED, CROWD = "20 écrans, sans pause", "50 écrans, une action / 2 s, 2 écritures / s"
ALONE = "1 écrans, sans pause"


@dataclass(frozen=True)
class Target:
    """One figure of this run beside its limit; `least` turns the comparison round."""

    what: str
    value: float
    limit: float
    unit: str = ""
    least: bool = False

    @property
    def reached(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit


def dig(results: Results, *keys: str) -> Any:
    """What is at the end of these keys, None where a part was not measured."""
    found: Any = results
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def targets(results: Results) -> list[Target]:
    """Every target of which this run measured the figure."""
    found: list[Target] = []
    for size, of_size in results["sizes"].items():
        found += _browser(of_size, size)
        found += _counts(of_size, size)
        found += _crowd(of_size, size)
    return [*found, *_grown(results["sizes"]), *_started(results)]


def _median(of_size: Results, part: str, name: str) -> float | None:
    value: float | None = dig(of_size, "browser", part, name, "median")
    return value


def _browser(of_size: Results, size: str) -> Iterator[Target]:
    e_view, e_update = _median(of_size, "times", "empty view"), _median(of_size, "times", "empty update")
    if not e_view or not e_update:
        return
    for page in HEAVIEST:
        if view := _median(of_size, "times", f"{page} view"):
            yield Target(f"{size} · {page} : affichage / E", view / e_view, 1.6, "×")
            yield Target(
                f"{size} · {page} : affichage / Directus", view / e_view / D_VIEW_AGAINST_E, 0.5, "×"
            )
        if update := _median(of_size, "times", f"{page} update"):
            ratio = update / e_update
            yield Target(f"{size} · {page} : filtre / E", ratio, 2.0, "×")
            yield Target(f"{size} · {page} : filtre / Dash", ratio / DASH_UPDATE_AGAINST_E, 0.5, "×")
            yield Target(f"{size} · {page} : filtre / Superset", ratio / S_UPDATE_AGAINST_E, 0.1, "×")
    if found := _median(of_size, "journeys", "find and open"):
        yield Target(f"{size} · trouver et ouvrir / Directus", found / e_view / D_FIND_AGAINST_E, 0.5, "×")
    if decided := _median(of_size, "journeys", "decide"):
        yield Target(f"{size} · décision à l'écran", decided, 250, "ms")
    for page in ("accueil", "recrutement"):
        if megabytes := _median(of_size, "journeys", f"{page} first visit MB"):
            yield Target(f"{size} · {page} : première visite", megabytes, 2.0, "Mo")


def _counts(of_size: Results, size: str) -> Iterator[Target]:
    counts = dig(of_size, "counts", "counts") or []
    for one in counts:
        name = f"{size} · {one['screen']} ({one['run']})"
        if one["screen"] in HEAVIEST and one["run"] in ("warm", "cold", "filtered"):
            yield Target(f"{name} : allers-retours", one["trips"], 1 if one["run"] == "warm" else 2)
    if counts:
        yield Target(f"{size} · lignes lues, au plus", max(one["rows"] for one in counts), 2_000)
        yield Target(f"{size} · données envoyées, au plus", max(one["data"] for one in counts), 16_384, "o")
    for screen, times in (dig(of_size, "counts", "latency") or {}).items():
        for state in ("warm", "cold"):
            more = (times[f"{state} 30 ms"] - times[f"{state} 0 ms"]) / 30
            yield Target(f"{size} · {screen} ({state}) : latences de plus à 30 ms", round(more, 2), 1.3, "×")


def _crowd(of_size: Results, size: str) -> Iterator[Target]:
    crowd = of_size.get("crowd") or {}
    e_alone = dig(crowd, "empty", ALONE)
    for screen in HEAVIEST:
        loads = crowd.get(screen) or {}
        if (alone := loads.get(ALONE)) and e_alone:
            yield Target(f"{size} · {screen} : données arrivées / E", alone["p50"] / e_alone["p50"], 1.5, "×")
            limit = 1.0 if screen == "recrutement" else 0.5
            yield Target(
                f"{size} · {screen} : processeur / E", alone["cpu_ms"] / e_alone["cpu_ms"], limit, "×"
            )
        if full := loads.get(SATURATED):
            yield Target(f"{size} · {screen} : réponses / s", full["per_second"], 30, "", least=True)
        if many := loads.get(CROWD):
            yield Target(f"{size} · {screen} : p95 à 50 écrans", many["p95"], 150, "ms")
            yield Target(f"{size} · {screen} : erreurs à 50 écrans", many["errors"], 0)
            yield Target(f"{size} · {screen} : mémoire à 50 écrans", many["rss_after"], 250, "Mo")
    if soak := crowd.get("soak"):
        yield Target(f"{size} · mémoire gagnée par 1 000 réponses", soak["mb_per_thousand"], 1.0, "Mo")


def _grown(sizes: Results) -> Iterator[Target]:
    """A figure with 100,000 people against the same with 100."""
    small, large = sizes.get(SMALL), sizes.get(LARGE)
    if not small or not large:
        return
    for page in HEAVIEST:
        for what in ("view", "update"):
            before = _median(small, "times", f"{page} {what}")
            if before and (after := _median(large, "times", f"{page} {what}")):
                yield Target(f"{page} {what} : 100 000 / 100", after / before, 1.15, "×")
        before = dig(small, "counts", "latency", page, "cold 0 ms")
        after = dig(large, "counts", "latency", page, "cold 0 ms")
        if before and after:
            yield Target(f"{page} juste après une écriture : 100 000 / 100", after / before, 1.4, "×")


def _started(results: Results) -> Iterator[Target]:
    if start := dig(results, "starting", "start"):
        yield Target("premier démarrage, démonstration comprise", start["cold"], 6, "s")
        yield Target("démarrage suivant", start["second"], 3, "s")
    imported = dig(results, "starting", "import")
    if imported and imported["saved"] == imported["rows"]:
        yield Target(f"import de {imported['rows']} lignes", imported["seconds"], 10, "s")
