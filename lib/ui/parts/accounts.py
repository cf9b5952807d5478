"""Accounts on screen: the list with its filters, one account, sessions, decisions."""

from collections.abc import Sequence

import streamlit as st

from lib import clock
from lib.access import Actor, Role
from lib.accounts import commands
from lib.accounts.queries import MOST_ACCOUNTS, AccountRow, SessionRow, account, accounts
from lib.accounts.queries import decisions as decisions_query
from lib.accounts.queries import sessions as sessions_query
from lib.accounts.rules import AccountState
from lib.db import read
from lib.i18n import _, plural
from lib.i18n.formats import moment
from lib.sheets.out import Kind, OutColumn
from lib.ui import filters, forms, show
from lib.ui.parts.scopes import name_of, scopes


def waiting(actor: Actor) -> None:
    """What needs doing: people who were invited and have no working link any more."""
    (found,) = read(actor, accounts(clock.now(), state=AccountState.WAITING))
    stranded = [row.name for row in found if row.link_until is None]
    if stranded:
        st.info(
            plural(
                len(stranded),
                "Une personne invitée n'a plus de lien valable : {names}. Ouvrez son compte pour en créer un.",
                "{n} personnes invitées n'ont plus de lien valable : {names}. Ouvrez leur compte pour en créer un.",
                names=", ".join(map(show.escape, stranded[:5])),
            ),
            icon=":material/link_off:",
        )


def listed(actor: Actor) -> None:
    """Everybody with an account, by name."""
    with st.grid(min_column_width=176):
        words = filters.words(_("Nom ou identifiant"), "q")
        role = filters.choice(_("Rôle"), "of_role", {one.value: _(one.label) for one in Role}, none=_("Tous"))
        states = {one.value: _(one.label) for one in AccountState}
        state = filters.choice(_("État du compte"), "state", states, none=_("Tous"))
    wanted = accounts(
        clock.now(),
        words,
        Role(role) if role in list(Role) else None,
        AccountState(state) if state in states else None,
    )
    (rows,) = read(actor, wanted)
    known = scopes(actor)
    scope = [name_of(known, row.role, row.scope_id) for row in rows]
    cells = [
        (row.name, row.login, row.role, place, row.state, row.seen_at, row.link_until)
        for row, place in zip(rows, scope, strict=True)
    ]
    links = [f"/comptes?account={row.id}" for row in rows]
    show.table(cells, _columns(), _("Comptes"), actor, empty=_("Aucun compte pour ces filtres."), links=links)
    if len(rows) == MOST_ACCOUNTS:
        st.caption(_("Seuls les {n} premiers comptes sont montrés : précisez la recherche.", n=MOST_ACCOUNTS))


def _columns() -> Sequence[OutColumn]:
    return (
        OutColumn(_("Nom")),
        OutColumn(_("Identifiant")),
        OutColumn(_("Rôle")),
        OutColumn(_("Périmètre")),
        OutColumn(_("État")),
        OutColumn(_("Dernière visite"), Kind.MOMENT),
        OutColumn(_("Lien ouvert jusqu'au"), Kind.MOMENT),
    )


def one(actor: Actor, asked: str) -> AccountRow | None:
    """The account of the address, when there is one."""
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 16):
        return None
    (found,) = read(actor, account(int(asked), clock.now()))
    return found[0] if found else None


def facts(actor: Actor, row: AccountRow) -> None:
    """The account in four facts."""
    scope = name_of(scopes(actor), row.role, row.scope_id)
    seen = moment(row.seen_at) if row.seen_at else _("jamais")
    until = moment(row.link_until) if row.link_until else _("aucun")
    st.markdown(
        _(
            "**{state}** – {role}{scope}  \nIdentifiant : {login}  \nDernière visite : {seen}  \n"
            "Lien ouvert jusqu'au : {until}",
            state=_(row.state.label),
            role=_(row.role.label),
            scope=f" ({show.escape(scope)})" if scope else "",
            login=show.escape(row.login),
            seen=seen,
            until=until,
        )
    )


def sessions(actor: Actor, row: AccountRow | None = None) -> None:
    """Browsers signed in now, each with the way to end it."""
    (found,) = read(actor, sessions_query(clock.now(), row.id if row else None))
    if not found:
        st.caption(_("Aucune session ouverte."))
        return
    for session in found:
        _session(actor, session)
    if row is not None and st.button(
        _("Fermer toutes ses sessions"), key=f"end-all-{row.id}", icon=":material/logout:"
    ):
        forms.submitted(
            f"end-all-{row.id}",
            lambda db: commands.end_sessions(db, actor, row.id, clock.now()),
            actor,
            done=_("Toutes les sessions de la personne sont fermées."),
        )


def _session(actor: Actor, session: SessionRow) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _(
                "**{name}** – {browser}, vue le {seen}, ouverte le {opened}",
                name=show.escape(session.name),
                browser=show.escape(session.browser) or _("navigateur inconnu"),
                seen=moment(session.seen_at),
                opened=moment(session.created_at),
            )
        )
        if st.button(_("Fermer"), key=f"end-{session.id}", type="tertiary", icon=":material/logout:"):
            forms.submitted(
                f"end-{session.id}",
                lambda db: commands.end_session(db, actor, session.id, clock.now()),
                actor,
                done=_("La session est fermée."),
            )


def decisions(actor: Actor, row: AccountRow) -> None:
    """What was decided about this account, and why."""
    (found,) = read(actor, decisions_query(row.id))
    st.header(_("Décisions"))
    columns = (
        OutColumn(_("Date"), Kind.MOMENT),
        OutColumn(_("Décision")),
        OutColumn(_("Par")),
        OutColumn(_("Raison")),
    )
    cells = [(one.at, one.action, one.by or _("ligne de commande"), one.reason) for one in found]
    show.table(cells, columns, _("Décisions sur le compte"), actor, empty=_("Aucune décision enregistrée."))
