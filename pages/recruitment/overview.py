"""Where recruitment stands: what needs doing, the figures against the plan, the flow and the sites."""

import streamlit as st

from lib import clock
from lib.access import Permission
from lib.db import read
from lib.i18n import _
from lib.pilot.queries import regions
from lib.recruitment import queries
from lib.sites.queries import site_options
from lib.ui import guard, live, show
from lib.ui.parts import plan, recruitment, recruitment_filters, tasks

actor = guard.require(Permission.VIEW_RECRUITMENT)
decides = actor.may(Permission.DECIDE_PATH)
today = clock.today()

st.title(_("Recrutement"))
said = recruitment_filters.asked_in_address()
names, places, line, counts, weeks, sites, due, waiting = read(
    actor, site_options(), regions(), *queries.overview(said, today)
)
asked = recruitment_filters.ask(
    {str(site.id): site.name for site in names}, {place.code: place.name for place in places}, today
)
if asked != said:
    line, counts, weeks, sites, due, waiting = read(actor, *queries.overview(asked, today))
live.follow(
    Permission.VIEW_RECRUITMENT, queries.overview(asked, today), (line, counts, weeks, sites, due, waiting)
)
figures = recruitment.Figures(asked, counts, weeks, line, today)

if not names:
    show.nothing_yet(
        _("Il n'y a encore aucun site. Importez vos tableaux : sites, conseil, personnes orientées."),
        _("Importer mes fichiers") if decides else "",
        "pages/imports/files.py",
    )
elif recruitment.too_few(actor, figures):
    st.info(_("Trop peu de personnes pour ces filtres : rien n'est affiché. Élargissez-les."))
else:
    if decides:
        tasks.board(actor, due[0], waiting)
    recruitment.key_figures(figures)
    recruitment.curve(actor, figures)
    by_site, path = st.tabs([_("Par site"), _("Parcours et sorties")], key="parts", on_change="rerun")
    if by_site.open:
        with by_site:
            recruitment.sites(actor, sites)
    if path.open:
        with path:
            recruitment.flow(actor, figures)
            recruitment.losses(actor, figures)
    recruitment.as_of(today)

if actor.may(Permission.EDIT_PLAN):
    with st.expander(
        _("Plan des inclusions"), icon=":material/timeline:", key="plan", on_change="rerun"
    ) as opened:
        if opened.open:
            plan.form(actor, today)
