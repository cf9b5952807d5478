"""Rows of the reference files, ready to be inserted."""

import csv
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Rows = list[dict[str, Any]]


def _rows(name: str) -> Rows:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def regions_and_departments() -> tuple[Rows, Rows]:
    """The 18 regions (mainland first) and the 101 departments, with the codes of Insee's geographic code 2026."""
    regions = [
        {**row, "overseas": row["overseas"] == "1", "position": position}
        for position, row in enumerate(_rows("regions.csv"), start=1)
    ]
    return regions, _rows("departments.csv")


def partners() -> Rows:
    with (HERE / "partners.toml").open("rb") as file:
        return [{"name": name} for name in tomllib.load(file)["partners"]]
