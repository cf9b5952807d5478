"""The list of people on screen: its filters in the address, its lines, and the way to the next page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TypeVar

import streamlit as st

from lib.access import Actor, Role
from lib.i18n import N_, _
from lib.i18n.formats import day, number
from lib.journey.queries import COUNTED, PAGE, Cursor, PeopleFilter, PersonRow
from lib.journey.rules import Channel, State, Wave
from lib.refusal import Labelled
from lib.sheets.out import Kind, OutColumn
from lib.ui import filters, show

NEXT = {
    State.IDENTIFIED: N_("Vérifier l'éligibilité"),
    State.SCREENING: N_("Conclure sur l'éligibilité"),
    State.ELIGIBLE: N_("Donner l'information"),
    State.INFORMED: N_("Recueillir la décision"),
    State.CONSENTED: N_("Proposer un conseil"),
}
KEYS = ("q", "state", "site", "region", "wave", "channel", "from", "from_to")
LESS_USED = ("region", "wave", "channel", "from", "from_to")
E = TypeVar("E", bound=Labelled)


def _labels(enum: type[Labelled]) -> dict[str, str]:
    return {member.value: _(member.label) for member in enum}


def in_address(key: str) -> str | None:
    """What a filter says before it is drawn: in this session, or in the address that was opened."""
    found = st.session_state.get(key) or filters.current(key)
    return str(found) if found else None


def asked_in_address() -> PeopleFilter:
    """The filters as the address has them, so that one round trip reads options and people together."""
    return _filter({key: in_address(key) for key in KEYS})


def ask(
    actor: Actor, sites: Mapping[str, str], regions: Mapping[str, str], months: list[date]
) -> PeopleFilter:
    """Draw the filters; a referent has one site and is not asked for it."""
    said: dict[str, str | None] = {}
    with st.grid(min_column_width=176):
        said["q"] = filters.words(_("Code"), "q", placeholder=_("par exemple {code}", code="BC-7K4M"))
        said["state"] = filters.choice(_("État"), "state", _labels(State), none=_("Tous"))
        if actor.role is not Role.SITE_REFERENT:
            said["site"] = filters.choice(_("Site"), "site", sites, none=_("Tous"))
    with st.expander(_("Plus de filtres"), expanded=any(map(in_address, LESS_USED))):
        with st.grid(min_column_width=176):
            if actor.role is not Role.SITE_REFERENT:
                said["region"] = filters.choice(_("Région"), "region", regions)
            said["wave"] = filters.choice(_("Vague"), "wave", _labels(Wave))
            said["channel"] = filters.choice(_("Canal"), "channel", _labels(Channel), none=_("Tous"))
        since, until = filters.period(_("Orientation"), months, "from")
    return replace(_filter(said), since=since, until=until)


def _filter(said: Mapping[str, str | None]) -> PeopleFilter:
    site = said.get("site")
    return PeopleFilter(
        state=_member(State, said.get("state")),
        site_id=int(site) if site and site.isdecimal() else None,
        region=said.get("region") or None,
        wave=_member(Wave, said.get("wave")),
        channel=_member(Channel, said.get("channel")),
        since=_month(said.get("from")),
        until=_month(said.get("from_to")),
        words=said.get("q") or "",
    )


def _month(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _member(enum: type[E], code: str | None) -> E | None:
    return next((member for member in enum if member.value == code), None)


def cursor(asked: PeopleFilter) -> Cursor | None:
    """Where the page begins; a place found under other filters counts for nothing."""
    mark, _, place = (filters.current("after") or "").partition(".")
    return Cursor.read(place) if mark == _mark(asked) else None


def _mark(asked: PeopleFilter) -> str:
    return sha256(repr(asked).encode()).hexdigest()[:6]


def lines(actor: Actor, rows: Sequence[PersonRow]) -> None:
    """One line a person, each with its way to the person's page."""
    columns = [
        OutColumn(_("Code")),
        OutColumn(_("État")),
        OutColumn(_("Prochaine étape")),
        OutColumn(_("Depuis le"), Kind.DATE),
        OutColumn(_("Orientation le"), Kind.DATE),
        OutColumn(_("Site")),
    ]
    cells: list[tuple[object, ...]] = [
        (row.code, row.state, next_step(row), row.since, row.referred_on, row.site) for row in rows
    ]
    if actor.role is Role.SITE_REFERENT:  # always the same site, and a phone is narrow
        columns, cells = columns[:-1], [row[:-1] for row in cells]
    links = [f"/personne?code={row.code}" for row in rows]
    empty = _("Personne ne correspond à ces filtres.")
    show.table(cells, columns, _("Personnes"), actor, empty=empty, links=links)


def next_step(row: PersonRow) -> str:
    """What the team owes the person, in words; nothing for who has left the way."""
    if row.state is State.DEFERRED and row.recontact_on is not None:
        return _("Recontacter le {on}", on=day(row.recontact_on))
    return _(NEXT[row.state]) if row.state in NEXT else ""


def how_many(n: int) -> str:
    """The number found, in words."""
    if n > COUNTED:
        return _("Plus de {n} personnes", n=number(COUNTED))
    return _("{n} personnes", n=number(n)) if n > 1 else _("{n} personne", n=n)


def turn(asked: PeopleFilter, rows: Sequence[PersonRow]) -> None:
    """The buttons to the next page and back to the first one."""
    with st.container(horizontal=True):
        if cursor(asked) is not None and st.button(_("Revenir au début"), icon=":material/first_page:"):
            del st.query_params["after"]
            st.rerun()
        if len(rows) > PAGE and st.button(_("Personnes suivantes"), icon=":material/chevron_right:"):
            st.query_params["after"] = f"{_mark(asked)}.{rows[PAGE - 1].cursor}"
            st.rerun()
