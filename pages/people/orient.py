"""Orient a person: few questions, one code at the end."""

import streamlit as st

from lib.access import Permission
from lib.db import read
from lib.i18n import _
from lib.sites.queries import site_options
from lib.sites.rules import SiteState
from lib.ui import guard, show
from lib.ui.parts import orienting

actor = guard.require(Permission.ORIENT_PERSON)

st.title(_("Orienter une personne"))
(sites,) = read(actor, site_options())
open_sites = {site.id: site.name for site in sites if site.state is not SiteState.CLOSED}
if open_sites:
    orienting.form(actor, open_sites)
elif actor.may(Permission.EDIT_SITES):
    show.nothing_yet(
        _("Il faut d'abord un site qui oriente."), _("Enregistrer un site"), "pages/sites/list.py"
    )
else:
    show.nothing_yet(
        _("Votre site n'est pas encore enregistré, ou il est fermé. Parlez-en à la coordination.")
    )
