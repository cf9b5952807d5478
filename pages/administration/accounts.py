"""Who may come in, as what, and until when: accounts, one-time links, sessions."""

import streamlit as st

from lib.access import Permission
from lib.i18n import _
from lib.ui import filters, guard, show
from lib.ui.parts import account_forms, account_links, accounts

actor = guard.require(Permission.MANAGE_ACCOUNTS)

asked = filters.current("account")
if asked is None:
    st.title(_("Comptes"))
    account_links.fresh()
    accounts.waiting(actor)
    accounts.listed(actor)
    with st.expander(_("Inviter une personne"), icon=":material/person_add:"):
        account_forms.invite(actor)
    with st.expander(_("Sessions ouvertes"), icon=":material/devices:"):
        accounts.sessions(actor)
else:
    if st.button(_("Tous les comptes"), icon=":material/arrow_back:", type="tertiary", key="all-accounts"):
        st.query_params.clear()
        st.rerun()
    found = accounts.one(actor, asked)
    if found is None:
        guard.not_found(actor, f"account {asked[:40]}")
    else:
        st.title(show.escape(found.name))
        account_links.fresh()
        accounts.facts(actor, found)
        account_forms.link(actor, found)
        with st.expander(_("Changer le rôle ou le périmètre"), icon=":material/badge:"):
            account_forms.role(actor, found)
        with st.expander(account_forms.active_title(found), icon=":material/lock:"):
            account_forms.active(actor, found)
        with st.expander(_("Sessions ouvertes"), icon=":material/devices:"):
            accounts.sessions(actor, found)
        accounts.decisions(actor, found)
