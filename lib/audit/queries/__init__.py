"""What was done, by whom and when: changes in words, identities shown, refusals, lists taken away."""

from lib.audit.queries.changes import PAGE, ChangeRow, Wanted, changes
from lib.audit.queries.logs import (
    DenialRow,
    ExportRow,
    RevealRow,
    denials,
    exports,
    months,
    people,
    reveals,
)
from lib.audit.queries.words import Line

__all__ = [
    "PAGE",
    "ChangeRow",
    "DenialRow",
    "ExportRow",
    "Line",
    "RevealRow",
    "Wanted",
    "changes",
    "denials",
    "exports",
    "months",
    "people",
    "reveals",
]
