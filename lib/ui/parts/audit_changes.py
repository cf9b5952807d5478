"""The trail of changes on screen: its filters in the address, before and after side by side."""

from datetime import date

import streamlit as st

from lib import clock
from lib.access import Actor, Permission
from lib.audit.queries import PAGE, ChangeRow, Line, Wanted, months, people
from lib.audit.queries import changes as changes_query
from lib.audit.rules import Kept, Verb
from lib.db import read
from lib.i18n import _
from lib.journey.rules.codes import normalise
from lib.refusal import Labelled, Refusal
from lib.sheets.out import Kind, OutColumn
from lib.ui import filters, messages, show

LONGEST = 200
SEPARATOR = " – "


def somebody(actor: Actor) -> int | None:
    """Whose doings to show; bound to `?who=`."""
    (found,) = read(actor, people())
    with st.grid(min_column_width=176):
        who = filters.choice(
            _("Fait par"), "who", {str(one.id): one.name for one in found}, none=_("Tout le monde")
        )
    return int(who) if who else None


def changes(actor: Actor, who: int | None) -> None:
    """A page of changes and the way to the next one."""
    wanted = _asked(actor, who)
    if wanted is None:
        return
    (found,) = read(actor, changes_query(wanted))
    rows = found[:PAGE]
    cells = [
        (
            row.at,
            row.name or _("sans compte"),
            row.verb,
            _what(row),
            _side(row, "before"),
            _side(row, "after"),
        )
        for row in rows
    ]
    show.table(cells, _columns(), _("Modifications"), actor, empty=_("Aucune modification pour ces filtres."))
    _turn(wanted, found)


def _asked(actor: Actor, who: int | None) -> Wanted | None:
    tables = {one.value: _(one.label) for one in Kept if _readable(actor, one)}
    (known,) = read(actor, months())
    with st.grid(min_column_width=176):
        verb = filters.choice(_("Action"), "verb", {one.value: _(one.label) for one in Verb})
        table = filters.choice(_("Élément"), "table", tables, none=_("Tous"))
        words = _code(actor)
    since, until = filters.period(_("Date"), known or [clock.today().replace(day=1)], "from")
    try:
        code = normalise(words) if words else ""
    except Refusal as refusal:
        messages.refused(refusal)
        return None
    before = filters.current("before") or ""
    return Wanted(
        account_id=who,
        verb=Verb(verb) if verb else None,
        table=Kept(table) if table else None,
        code=code,
        since=since,
        until=_end_of(until),
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None,
    )


def _end_of(month: date | None) -> date | None:
    """The last day of a month that was chosen by its first."""
    if month is None:
        return None
    following = month.replace(day=28).toordinal() + 4
    first = date.fromordinal(following).replace(day=1)
    return date.fromordinal(first.toordinal() - 1)


def _code(actor: Actor) -> str:
    """Only those who may see people can ask for what concerns one of them."""
    if not actor.may(Permission.VIEW_PEOPLE):
        return ""
    example = _("par exemple {code}", code="BC-7K4M")
    return filters.words(_("Code de la personne"), "code", placeholder=example)


def _readable(actor: Actor, kept: Kept) -> bool:
    return actor.may(Permission.MANAGE_ACCOUNTS) or kept.value.startswith("pilot.")


def _columns() -> tuple[OutColumn, ...]:
    return (
        OutColumn(_("Date"), Kind.MOMENT),
        OutColumn(_("Fait par")),
        OutColumn(_("Action")),
        OutColumn(_("Élément")),
        OutColumn(_("Avant")),
        OutColumn(_("Après")),
    )


def _what(row: ChangeRow) -> str:
    table = _(row.table.label) if isinstance(row.table, Labelled) else row.table
    return f"{table} {row.code}" if row.code else _("{table} n° {key}", table=table, key=row.key)


def _side(row: ChangeRow, side: str) -> str:
    """One side of a change in words: the columns that differ, with what they held."""
    if row.hidden:
        return _("(concerne une personne : valeurs non montrées)")
    return SEPARATOR.join(
        _word(line, getattr(line, side)) for line in row.lines if not _blank(getattr(line, side))
    )


def _word(line: Line, value: object) -> str:
    named = _(line.column.label) if isinstance(line.column, Labelled) else line.column
    text = show.cell(value)
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return _("{column} : {value}", column=named, value=shown)


def _blank(value: object) -> bool:
    return value is None or value == ""


def _turn(wanted: Wanted, found: list[ChangeRow]) -> None:
    """Older changes begin after the last one shown, however many came in meanwhile."""
    with st.container(horizontal=True):
        if wanted.before is not None and st.button(
            _("Revenir au plus récent"), key="audit-first", icon=":material/first_page:"
        ):
            del st.query_params["before"]
            st.rerun()
        if len(found) > PAGE and st.button(
            _("Modifications plus anciennes"), key="audit-next", icon=":material/chevron_right:"
        ):
            st.query_params["before"] = str(found[PAGE - 1].id)
            st.rerun()
