"""The register of volunteer counsellors: find somebody, add somebody, correct a record."""

import streamlit as st

from lib.access import Permission
from lib.db import read
from lib.i18n import _
from lib.pilot.queries import regions
from lib.training.queries import MOST, counsellor, organisations, register_count
from lib.training.queries import counsellors as register
from lib.ui import filters, guard, show
from lib.ui.parts import counsellors

actor = guard.require(Permission.VIEW_COUNSELLORS)

asked_record = filters.current("fiche") or ""
record = (
    int(asked_record) if asked_record.isascii() and asked_record.isdigit() and len(asked_record) < 16 else 0
)
said = counsellors.asked_in_address()
wanted = (said.region, said.organisation, said.words)
places, named, found, counts, opened = read(
    actor, regions(), organisations(), register(*wanted), register_count(*wanted), counsellor(record)
)
codes = {place.code: place.name for place in places}

st.title(_("Conseil"))
if asked_record:
    st.page_link(
        page="pages/training/counsellors.py", label=_("Tout le registre"), icon=":material/arrow_back:"
    )
    if not opened:
        guard.not_found(actor, f"counsellor {asked_record[:40]}")
    st.header(show.escape(f"{opened[0].first_name} {opened[0].last_name}"))
    if actor.may(Permission.EDIT_COUNSELLORS):
        counsellors.edit(actor, opened[0], codes)
    st.stop()

top = st.container()
asked = counsellors.ask(codes, named)
if asked != said:
    wanted = (asked.region, asked.organisation, asked.words)
    found, counts = read(actor, register(*wanted), register_count(*wanted))
with top:
    counsellors.figures(counts[0])
if not found and asked == counsellors.RegisterFilter():
    may = actor.may(Permission.IMPORT_FILES)
    show.nothing_yet(
        _("Le registre est vide. Ajoutez une personne ci-dessous, ou importez votre tableau."),
        _("Importer un tableau") if may else "",
        "pages/imports/files.py",
    )
else:
    counsellors.lines(actor, found)
    if len(found) == MOST:
        st.caption(_("Seules les {n} premières personnes sont montrées : précisez les filtres.", n=MOST))
if actor.may(Permission.EDIT_COUNSELLORS):
    with st.expander(_("Ajouter une personne"), key="counsellor-new-open", icon=":material/add:"):
        counsellors.add(actor, codes)
