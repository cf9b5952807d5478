"""Identities shown, refusals and lists taken away, as tables."""

from lib.access import Actor
from lib.audit import queries
from lib.db import read
from lib.i18n import _
from lib.sheets.out import Kind, OutColumn
from lib.ui import show


def _when_and_who() -> tuple[OutColumn, OutColumn]:
    return OutColumn(_("Date"), Kind.MOMENT), OutColumn(_("Par"))


def reveals(actor: Actor, who: int | None) -> None:
    """Each identity that was shown, with the reason given."""
    (found,) = read(actor, queries.reveals(who))
    cells = [(row.at, row.name, row.code, row.reason) for row in found]
    columns = (*_when_and_who(), OutColumn(_("Personne")), OutColumn(_("Raison")))
    show.table(cells, columns, _("Identités montrées"), actor, empty=_("Aucune identité n'a été montrée."))


def denials(actor: Actor, who: int | None) -> None:
    """What was asked for and refused."""
    (found,) = read(actor, queries.denials(who))
    cells = [(row.at, row.name, row.role, row.asked) for row in found]
    columns = (*_when_and_who(), OutColumn(_("Rôle")), OutColumn(_("Demandé")))
    show.table(cells, columns, _("Refus"), actor, empty=_("Aucun refus."))


def exports(actor: Actor, who: int | None) -> None:
    """Lists that left the application."""
    (found,) = read(actor, queries.exports(who))
    cells = [(row.at, row.name, row.what, row.rows, row.columns) for row in found]
    columns = (
        *_when_and_who(),
        OutColumn(_("Liste")),
        OutColumn(_("Lignes"), Kind.WHOLE),
        OutColumn(_("Colonnes")),
    )
    show.table(cells, columns, _("Listes emportées"), actor, empty=_("Aucune liste n'a été emportée."))
