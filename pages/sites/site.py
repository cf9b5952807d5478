"""One site: what is known of it, its activation checklist, its story, and what can be changed."""

import streamlit as st

from lib import clock
from lib.access import Permission
from lib.db import read
from lib.i18n import _
from lib.pilot.queries import departments, regions
from lib.sites.queries import site as site_query
from lib.sites.queries import site_events
from lib.ui import filters, guard, show
from lib.ui.parts import site_forms, sites

actor = guard.require(Permission.VIEW_SITES)

asked = filters.current("site") or ""
site_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
found, events, places, parts = read(
    actor, site_query(site_id, clock.today()), site_events(site_id), regions(), departments()
)
st.page_link(page="pages/sites/list.py", label=_("Tous les sites"), icon=":material/arrow_back:")
if not found:
    guard.not_found(actor, f"site {asked[:40]}")
site = found[0]

st.title(show.escape(site.name))
sites.facts(site)
sites.checklist(site)
if actor.may(Permission.EDIT_SITES):
    with st.expander(_("Dater les étapes"), icon=":material/checklist:"):
        site_forms.tick(actor, site)
    with st.expander(_("Changer l'état"), icon=":material/swap_horiz:"):
        site_forms.move(actor, site)
    with st.expander(_("Modifier la fiche"), icon=":material/edit:"):
        site_forms.edit(actor, site, places, parts)
sites.story(actor, events)
