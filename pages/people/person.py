"""One person: what comes next, the path so far, the consents, and the identity behind a reason."""

import streamlit as st

from lib.access import Permission
from lib.db import read
from lib.i18n import _
from lib.i18n.formats import day
from lib.journey.queries import consents, events
from lib.journey.queries import person as person_query
from lib.journey.rules import normalise
from lib.refusal import Refusal
from lib.ui import filters, guard, messages
from lib.ui.parts import decision, person

actor = guard.require(Permission.VIEW_PEOPLE)

asked = filters.current("code")
if asked is None:
    st.title(_("Une personne"))
    typed = st.text_input(_("Code de la personne"), placeholder=_("par exemple {code}", code="BC-7K4M"))
    if typed:
        try:
            code = normalise(typed)
        except Refusal as refusal:
            messages.refused(refusal)
        else:
            filters.go("pages/people/person.py", code=code)
    st.stop()

try:
    code = normalise(asked)
except Refusal:
    code = ""  # whatever was typed there, perhaps a name, is not written down
found, path, answers = read(actor, person_query(code), events(code), consents(code))
if not found:
    guard.not_found(actor, f"person {code or 'by no code'}")
one = found[0]

st.page_link("pages/people/list.py", label=_("Toutes les personnes"), icon=":material/arrow_back:")
st.title(one.code)
st.markdown(_("**{state}** depuis le {since}", state=_(one.state.label), since=day(one.since)))

left, right = st.columns([3, 2], gap="large")
with left:
    if actor.may(Permission.DECIDE_PATH):
        st.header(_("Prochaine étape"))
        decision.form(actor, one)
    st.header(_("Parcours"))
    person.path(path)
with right:
    st.header(_("Ce que l'on sait"))
    person.facts(one)
    person.identity(actor, one)
    if answers or actor.may(Permission.DECIDE_PATH):
        st.header(_("Accords de la personne"))
        person.consents(actor, one, answers)
