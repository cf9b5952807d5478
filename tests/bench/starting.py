"""Part 5: the first and second start, an import of 10,000 rows, the demonstration of 100,000."""

import csv
import json
from pathlib import Path
from typing import Any

from tests.bench.ground import folder, manage
from tests.bench.servers import start_product

ROWS = 10_000


def starts() -> dict[str, float]:
    """Seconds until healthy in an empty folder, demonstration included, and the second time."""
    with folder() as home:
        found = {}
        for name in ("cold", "second"):
            server = start_product(home)
            found[name] = round(server.started_in, 2)
            server.stop()
    return found


def referrals(path: Path, rows: int, sites: list[str]) -> None:
    """A plain file of people oriented, each its own."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ["Nom", "Prénom", "Année de naissance", "Téléphone", "Site", "Date d'orientation", "Statut"]
        )
        for n in range(rows):
            writer.writerow(
                [
                    f"Essai{n:05}",
                    "Camille",
                    1955 + n % 45,
                    f"06{n:08}",
                    sites[n % len(sites)],
                    f"{1 + n % 28:02}/{1 + n % 9:02}/2026",
                    "Orienté",
                ]
            )


def importing(rows: int = ROWS) -> dict[str, Any]:
    """Seconds and peak memory of `import referrals` of a file of this many rows; saved tells that it worked."""
    with folder() as home:
        manage(home, "demo", "--beneficiaries", "100")
        file = home / "orientations.csv"
        referrals(file, rows, ["Hôpital Aurore", "Hôpital Beauséjour", "Institut Clairval"])
        seconds, megabytes, printed = manage(home, "import", "referrals", str(file), "--json")
    told = json.loads(printed)
    return {
        "rows": rows,
        "saved": told["saved"],
        "seconds": round(seconds, 2),
        "peak_mb": round(megabytes),
        "to_mend": told["to_mend"][:3],
    }


def measure(quick: bool) -> dict[str, Any]:
    """All of part 5 but the filling, which every ground tells of itself."""
    return {"start": starts(), "import": importing(1_000 if quick else ROWS)}
