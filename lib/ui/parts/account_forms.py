"""The forms about accounts: invite, new link, role, closing and opening again."""

from typing import Any

import streamlit as st

from lib import clock
from lib.access import Actor, Role
from lib.accounts import commands
from lib.accounts.queries import AccountRow
from lib.accounts.rules import LINK_LIFETIME
from lib.i18n import _
from lib.ui import forms
from lib.ui.parts import account_links
from lib.ui.parts.scopes import choose, scopes
from lib.ui.parts.versions import version_of


def _role(form: str, current: Role | None = None) -> Role:
    roles = list(Role)
    chosen: Role = st.selectbox(
        _("Rôle"),
        roles,
        index=roles.index(current) if current else 0,
        format_func=lambda role: _(role.label),
        key=forms.field(form, "role"),
    )
    return chosen


def invite(actor: Actor) -> None:
    """A new account. The role comes before the form: what is asked next depends on it."""
    form = "account-invite"
    role = _role(form)
    with st.form(forms.key(form), border=False):
        scope = choose(scopes(actor), role, forms.field(form, "scope"))
        name = st.text_input(_("Nom de la personne"), key=forms.field(form, "name"))
        login = st.text_input(
            _("Identifiant : courriel ou nom court"), key=forms.field(form, "login"), autocomplete="off"
        )
        sent = st.form_submit_button(_("Inviter"), type="primary")
    if sent:
        command = commands.Invite(login or "", name or "", role, scope)
        forms.submitted(
            form,
            lambda db: commands.invite(db, actor, command, clock.now()),
            actor,
            done=_("Le compte est créé. Remettez son lien à la personne."),
            then=account_links.remember,
        )


def link(actor: Actor, account: AccountRow) -> None:
    """Make a link, or cancel the one that is open."""
    if not account.state.is_open:
        return
    form = f"account-link-{account.id}"
    with st.container(horizontal=True):
        wanted = st.button(
            _("Créer un lien (valable {days} jours)", days=LINK_LIFETIME.days),
            key=forms.field(form, "make"),
            icon=":material/link:",
            help=_("Un nouveau lien remplace le précédent. La personne y choisit sa phrase de passe."),
        )
        cancelled = account.link_until is not None and st.button(
            _("Annuler le lien ouvert"), key=forms.field(form, "cancel"), icon=":material/link_off:"
        )
    if wanted:
        forms.submitted(
            form,
            lambda db: commands.make_link(db, actor, account.id, clock.now()),
            actor,
            done=_("Le lien est prêt."),
            then=account_links.remember,
        )
    if cancelled:
        _do(
            form,
            actor,
            lambda db: commands.cancel_links(db, actor, account.id, clock.now()),
            _("Le lien est annulé."),
        )


def role(actor: Actor, account: AccountRow) -> None:
    """Another role or scope, for a reason; it holds from the person's next click."""
    form = f"account-role-{account.id}"
    version = version_of(form, account.version, forms.field(form, "reason"))
    chosen = _role(form, account.role)
    with st.form(forms.key(form), border=False):
        scope = choose(scopes(actor), chosen, forms.field(form, "scope"), account.scope_id)
        reason = st.text_input(_("Raison, gardée avec la décision"), key=forms.field(form, "reason"))
        sent = st.form_submit_button(_("Enregistrer le rôle"), type="primary")
    if sent:
        command = commands.ChangeRole(account.id, version, chosen, scope, reason or "")
        _do(form, actor, lambda db: commands.change_role(db, actor, command), _("Le rôle est changé."))


def active_title(account: AccountRow) -> str:
    return _("Désactiver ce compte") if account.state.is_open else _("Réactiver ce compte")


def active(actor: Actor, account: AccountRow) -> None:
    """Close the account, or open it again, for a reason."""
    form = f"account-active-{account.id}"
    closing = account.state.is_open
    version = version_of(form, account.version, forms.field(form, "reason"))
    if closing:
        st.caption(
            _(
                "Ses sessions et ses liens s'arrêtent aussitôt. Rien de ce que la personne a saisi ne disparaît."
            )
        )
    with st.form(forms.key(form), border=False):
        reason = st.text_input(_("Raison, gardée avec la décision"), key=forms.field(form, "reason"))
        sent = st.form_submit_button(active_title(account), type="primary")
    if sent:
        command = commands.SetActive(account.id, version, not closing, reason or "")
        done = _("Le compte est désactivé.") if closing else _("Le compte est réactivé.")
        _do(form, actor, lambda db: commands.set_active(db, actor, command, clock.now()), done)


def _do(form: str, actor: Actor, command: Any, done: str) -> None:
    """A change of an account; when somebody else saved first, the refusal says so and the page shows theirs."""
    forms.submitted(
        form, command, actor, done=done, on_changed=lambda _theirs: st.session_state.pop(f"version-{form}")
    )
