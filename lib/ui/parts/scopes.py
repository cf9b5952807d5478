"""What a role can be bound to: a site, a counsellor's record or a partner, by name."""

from collections.abc import Mapping

import streamlit as st

from lib.access import Actor, Role
from lib.db import read
from lib.i18n import _
from lib.pilot.queries import partners
from lib.sites.queries import site_options
from lib.training.queries import counsellors

Scopes = Mapping[Role, Mapping[int, str]]


def scopes(actor: Actor) -> Scopes:
    """The choices of each role that needs one."""
    sites, records, supporters = read(actor, site_options(), counsellors(), partners())
    return {
        Role.SITE_REFERENT: {site.id: site.name for site in sites},
        Role.COUNSELLOR: {one.id: f"{one.last_name} {one.first_name}" for one in records},
        Role.PARTNER: {one.id: one.name for one in supporters},
    }


def name_of(known: Scopes, role: Role, scope_id: int | None) -> str:
    """The scope in words; its number when the record is not there (any more)."""
    if scope_id is None:
        return ""
    return known.get(role, {}).get(scope_id, f"n° {scope_id}")


def choose(known: Scopes, role: Role, key: str, current: int | None = None) -> int | None:
    """Ask for the scope where the role needs one; None where it does not."""
    if role not in known:
        return None
    names = known[role]
    labels = {
        Role.SITE_REFERENT: _("Site"),
        Role.COUNSELLOR: _("Fiche de conseil"),
        Role.PARTNER: _("Partenaire"),
    }
    if not names:
        st.info(_("Aucun choix possible pour ce rôle : il faut d'abord enregistrer un site ou une fiche."))
    chosen: int | None = st.selectbox(
        labels[role],
        list(names),
        index=list(names).index(current) if current is not None and current in names else None,
        format_func=lambda one: names[one],
        placeholder=_("Choisir"),
        key=f"{key}-{role.value}",
    )
    return chosen
