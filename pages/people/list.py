"""Who is in the study, where each person stands, and what comes next."""

import streamlit as st

from lib.access import Permission
from lib.db import read
from lib.i18n import _
from lib.journey.queries import PAGE, PeopleFilter, count_people, oriented_months
from lib.journey.queries import people as people_query
from lib.pilot.queries import regions
from lib.sites.queries import site_options
from lib.ui import guard, show
from lib.ui.parts import people

actor = guard.require(Permission.VIEW_PEOPLE)

st.title(_("Personnes"))
said = people.asked_in_address()
sites, places, months, found, counted = read(
    actor,
    site_options(),
    regions(),
    oriented_months(),
    people_query(actor, said, people.cursor(said)),
    count_people(actor, said),
)
asked = people.ask(
    actor,
    {str(site.id): site.name for site in sites},
    {place.code: place.name for place in places},
    months,
)
if asked != said:
    found, counted = read(actor, people_query(actor, asked, people.cursor(asked)), count_people(actor, asked))

if not found and asked == PeopleFilter():
    may = actor.may(Permission.ORIENT_PERSON)
    show.nothing_yet(
        _("Aucune personne n'est encore enregistrée."),
        _("Orienter une première personne") if may else "",
        "pages/people/orient.py",
    )
else:
    if actor.may(Permission.ORIENT_PERSON):
        st.page_link("pages/people/orient.py", label=_("Orienter une personne"), icon=":material/person_add:")
    st.caption(people.how_many(counted[0]))
    people.lines(actor, found[:PAGE])
    people.turn(asked, found)
