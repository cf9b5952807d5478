"""The table that is printed: every figure with its range, then every target and whether it was reached."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.bench.targets import Results, dig, targets


def number(value: float, unit: str = "") -> str:
    """A figure as one reads it: few digits, a decimal comma, its unit."""
    digits = 0 if abs(value) >= 100 or value == int(value) else 2
    text = f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")
    return f"{text} {unit}".strip()


def aligned(rows: Iterable[Sequence[Any]]) -> list[str]:
    """Columns as wide as their widest cell, the first one to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return []
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def _spread(times: Results | None, title: str, unit: str) -> list[str]:
    if not times:
        return []
    rows = [(title, "médiane", "min", "max", "n")]
    for name, one in times.items():
        own = "Mo" if name.endswith("MB") else unit
        rows.append((name, *(number(one[part], own) for part in ("median", "min", "max")), str(one["n"])))
    return ["", *aligned(rows)]


def _counted(counts: list[Results]) -> list[str]:
    if not counts:
        return []
    names = ("trips", "statements", "data_statements", "rows", "sent", "data", "ms")
    head = ("écran", "vue", "trajets", "instr.", "dont données", "lignes", "octets", "dont données", "ms")
    return [
        "",
        *aligned([head, *((one["screen"], one["run"], *(one[name] for name in names)) for one in counts)]),
    ]


def _crowded(crowd: Results) -> list[str]:
    names = ("p50", "p95", "max", "per_second", "cpu_ms", "rss_before", "rss_after", "errors")
    head = ("charge", "p50 ms", "p95 ms", "max ms", "/ s", "proc. ms", "Mo avant", "Mo après", "erreurs")
    rows = [
        (f"{screen} · {load}", *(one[name] for name in names))
        for screen, loads in crowd.items()
        if screen != "soak"
        for load, one in loads.items()
    ]
    return ["", *aligned([head, *rows])] if rows else []


def lines(results: Results) -> list[str]:
    """The whole report, for people."""
    told: list[str] = []
    for size, of_size in results["sizes"].items():
        told += ["", f"=== {number(float(size))} bénéficiaires ==="]
        told.append(f"remplissage : {of_size['filled_seconds']} s, {of_size['filled_mb']} Mo au plus")
        told += _counted(dig(of_size, "counts", "counts") or [])
        told += _crowded(of_size.get("crowd") or {})
        told += _spread(dig(of_size, "browser", "times"), "navigateur", "ms")
        told += _spread(dig(of_size, "browser", "cpu"), "processeur du serveur", "ms")
        told += _spread(dig(of_size, "browser", "journeys"), "parcours", "ms")
        told += [f"manqué : {one}" for one in dig(of_size, "browser", "missed") or []]
        told += _answered(of_size.get("answers") or [])
    if starting := results.get("starting"):
        told += ["", f"démarrages : {starting.get('start')}", f"import : {starting.get('import')}"]
    return [*told, *_judged(results)]


def _answered(answers: list[Results]) -> list[str]:
    wrong = [one for one in answers if not one["equal"]]
    if not answers:
        return []
    told = ["", f"chiffres comparés au SQL simple : {len(answers) - len(wrong)} justes sur {len(answers)}"]
    return told + [
        f"  {one['figure']} ({one['when']}) : {one['shown']} au lieu de {one['plain']}" for one in wrong
    ]


def _judged(results: Results) -> list[str]:
    rows = [("objectif", "mesuré", "limite", "")]
    for target in targets(results):
        sign = "≥" if target.least else "≤"
        rows.append(
            (
                target.what,
                number(target.value, target.unit),
                f"{sign} {number(target.limit, target.unit)}",
                "atteint" if target.reached else "MANQUÉ",
            )
        )
    return ["", *aligned(rows)] if len(rows) > 1 else []
