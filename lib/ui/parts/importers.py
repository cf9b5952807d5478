"""The kinds of files that can be brought in, and how the outcome is said: shared by screen and command line."""

from collections.abc import Mapping

from lib.i18n import plural
from lib.journey.commands import REFERRALS
from lib.sheets.importing import Importer, Saved
from lib.sites.commands import SITES
from lib.training.commands import COUNSELLORS

IMPORTERS: Mapping[str, Importer] = {one.kind: one for one in (SITES, COUNSELLORS, REFERRALS)}
"""In the order in which a pilot is filled: people are oriented by sites that are already known."""


def result(outcome: Saved) -> str:
    """What was saved, in one sentence."""
    if not outcome.saved and outcome.unchanged:
        return plural(
            outcome.unchanged,
            "Rien de nouveau : {n} ligne était déjà enregistrée, rien n'a changé.",
            "Rien de nouveau : {n} lignes étaient déjà enregistrées, rien n'a changé.",
        )
    sentences = [plural(outcome.saved, "{n} ligne enregistrée.", "{n} lignes enregistrées.")]
    if outcome.unchanged:
        sentences.append(
            plural(
                outcome.unchanged,
                "{n} ligne était déjà enregistrée.",
                "{n} lignes étaient déjà enregistrées.",
            )
        )
    return " ".join(sentences)
