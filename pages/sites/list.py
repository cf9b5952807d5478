"""The sites of the pilot: where each stands, what its activation lacks, and a way to add one."""

import streamlit as st

from lib import clock
from lib.access import Permission
from lib.db import read
from lib.i18n import _
from lib.pilot.queries import departments, regions
from lib.sites.queries import MOST, site_counts
from lib.sites.queries import sites as sites_query
from lib.ui import guard, show
from lib.ui.parts import site_forms, sites

actor = guard.require(Permission.VIEW_SITES)
today = clock.today()

st.title(_("Sites"))
said = sites.asked_in_address()
places, parts, found, counts = read(
    actor,
    regions(),
    departments(),
    sites_query(today, said.region, said.state, said.words),
    site_counts(said.region, said.words),
)
top = st.container()
asked = sites.ask({place.code: place.name for place in places})
if asked != said:
    found, counts = read(
        actor,
        sites_query(today, asked.region, asked.state, asked.words),
        site_counts(asked.region, asked.words),
    )
with top:
    sites.summary(counts)

if not counts and asked == sites.SiteFilter():
    may = actor.may(Permission.IMPORT_FILES)
    show.nothing_yet(
        _("Aucun site n'est encore enregistré. Ajoutez-en un ci-dessous, ou importez votre tableau."),
        _("Importer un tableau de sites") if may else "",
        "pages/imports/files.py",
    )
else:
    sites.lines(actor, found)
    if len(found) == MOST:
        st.caption(_("Seuls les {n} premiers sites sont montrés : précisez les filtres.", n=MOST))

if actor.may(Permission.EDIT_SITES):
    with st.expander(_("Ajouter un site"), key="site-new-open", icon=":material/add:"):
        site_forms.create(actor, places, parts)
