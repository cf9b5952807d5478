"""One's own account: passphrase, language, sessions."""

import streamlit as st

from lib.access import Permission
from lib.i18n import _
from lib.ui import guard
from lib.ui.parts import own_account

actor = guard.require(Permission.EDIT_OWN_ACCOUNT)

st.title(_("Mon compte"))
st.markdown(_("**{name}** – {role}", name=own_account.shown_name(actor), role=_(actor.role.label)))

own_account.language(actor)
st.header(_("Phrase de passe"))
own_account.passphrase(actor)
st.header(_("Sessions"))
own_account.sign_out_everywhere(actor)
