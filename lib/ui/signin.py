"""The screens of somebody who is not signed in: sign in, or choose a passphrase behind a one-time link."""

import streamlit as st

from lib import clock
from lib.access import Role
from lib.accounts import commands
from lib.accounts.commands import Invited
from lib.i18n import _
from lib.refusal import Refusal
from lib.ui import messages, session

DEMO_LOGINS = (
    ("coordination@demo", Role.COORDINATOR),
    ("site@demo", Role.SITE_REFERENT),
    ("formation@demo", Role.TRAINER),
    ("conseil@demo", Role.COUNSELLOR),
    ("evaluation@demo", Role.EVALUATOR),
    ("partenaire@demo", Role.PARTNER),
    ("admin@demo", Role.ADMIN),
)


def screen() -> None:
    """Sign in; with `?invitation=` in the address, choose a passphrase first."""
    token = st.query_params.get("invitation")
    _left, middle, _right = st.columns([1, 2, 1])
    with middle:
        st.title(_("Pilote Bilan"))
        if token:
            _invitation(token)
        else:
            _sign_in()


def _sign_in() -> None:
    st.markdown(_("Connectez-vous pour ouvrir l'espace de travail du pilote."))
    with st.form("sign-in", border=False):
        login = st.text_input(_("Identifiant"), key="login", autocomplete="username")
        password = st.text_input(
            _("Phrase de passe"), key="password", type="password", autocomplete="current-password"
        )
        sent = st.form_submit_button(_("Se connecter"), type="primary", width="stretch")
    if sent:
        try:
            opened = commands.sign_in(login or "", password or "", _browser(), clock.now())
        except Refusal as refusal:
            messages.refused(refusal)
        else:
            session.opened(opened.session_id, opened.ticket)
            st.rerun()
    _demo_accounts()


def _demo_accounts() -> None:
    """Shown in the demonstration only: the passphrase is public there on purpose."""
    passphrase = commands.demo_passphrase()
    if passphrase is None:
        return
    with st.container(border=True):
        st.markdown(_("**Démonstration** : personnes et sites sont inventés."))
        st.markdown(_("Phrase de passe de tous les comptes : `{passphrase}`", passphrase=passphrase))
        st.table(
            {
                _("Identifiant"): [f"`{login}`" for login, _role in DEMO_LOGINS],
                _("Rôle"): [_(role.label) for _login, role in DEMO_LOGINS],
            },
            border="horizontal",
            alt=_("Comptes de démonstration"),
        )


def _invitation(token: str) -> None:
    invited = commands.invitation(token)
    if invited is None:
        st.warning(
            _("Ce lien a déjà servi ou n'est plus valable. Demandez-en un nouveau à l'administration.")
        )
        if st.button(_("Aller à la connexion"), key="to-sign-in"):
            st.query_params.clear()
            st.rerun()
        return
    _choose_passphrase(token, invited)


def _choose_passphrase(token: str, invited: Invited) -> None:
    st.markdown(_("Bonjour {name}. Choisissez votre phrase de passe.", name=invited.name))
    st.caption(_("Votre identifiant : {login}", login=invited.login))
    with st.form("choose-passphrase", border=False):
        first = st.text_input(
            _("Phrase de passe"),
            key="new-password",
            type="password",
            autocomplete="new-password",
            help=_("Douze caractères au moins ; plusieurs mots avec des espaces conviennent très bien."),
        )
        second = st.text_input(
            _("Encore une fois"), key="new-password-again", type="password", autocomplete="new-password"
        )
        sent = st.form_submit_button(_("Enregistrer"), type="primary", width="stretch")
    if not sent:
        return
    if first != second:
        st.error(_("Les deux saisies ne sont pas identiques. Saisissez deux fois la même phrase."))
        return
    try:
        commands.accept_invitation(token, first or "")
    except Refusal as refusal:
        messages.refused(refusal)
    else:
        messages.done(_("Votre phrase de passe est enregistrée. Vous pouvez vous connecter."))
        st.query_params.clear()
        st.rerun()


def _browser() -> str:
    """A short name of the browser, so that a person recognises their sessions."""
    agent = st.context.headers.get("User-Agent")
    text = agent if isinstance(agent, str) else ""
    names = ("Edg", "Firefox", "Chrome", "Safari")
    systems = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
    name = next((one for one in names if one in text), "")
    system = next((one for one in systems if one in text), "")
    return " ".join(part for part in (name, system) if part)
