"""Who changed what, when, before and after; identities shown, refusals, lists taken away."""

import streamlit as st

from lib.access import Permission
from lib.i18n import _
from lib.ui import guard
from lib.ui.parts import audit_changes, audit_logs

actor = guard.require(Permission.VIEW_AUDIT)

st.title(_("Journal"))
st.markdown(
    _("Tout ce qui a été ajouté, changé, montré ou emporté, et par qui. Rien ne s'efface de ce journal.")
)

may_see_accounts = actor.may(Permission.MANAGE_ACCOUNTS)
names = [_("Modifications"), _("Identités montrées")]
if may_see_accounts:
    names += [_("Refus"), _("Listes emportées")]
chosen = st.segmented_control(
    _("Partie du journal"), names, default=names[0], key="audit-part", label_visibility="collapsed"
)
who = audit_changes.somebody(actor)

if chosen == names[1]:
    audit_logs.reveals(actor, who)
elif may_see_accounts and chosen == names[2]:
    audit_logs.denials(actor, who)
elif may_see_accounts and chosen == names[3]:
    audit_logs.exports(actor, who)
else:
    audit_changes.changes(actor, who)
