"""What partners are given to read: releases, once one is published."""

import streamlit as st

from lib.access import Permission
from lib.i18n import _
from lib.ui import guard

actor = guard.require(Permission.VIEW_RELEASES)

st.title(_("Publications"))
st.markdown(_("Aucune publication n'est encore parue."))
st.caption(
    _(
        "Les résultats du pilote paraissent ici sous forme de chiffres d'ensemble, figés à une date, une fois relus "
        "par la coordination. Rien n'y concerne moins de onze personnes."
    )
)
