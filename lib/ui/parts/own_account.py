"""What each person changes alone: the language of the screens, the passphrase, and where they are signed in."""

import streamlit as st

from lib.access import Actor
from lib.accounts import commands
from lib.accounts.rules import FEWEST_CHARACTERS, LANGUAGES
from lib.i18n import _
from lib.refusal import Refusal
from lib.ui import forms, messages, session, show

FORM = "own-passphrase"


def shown_name(actor: Actor) -> str:
    return show.escape(actor.name)


def language(actor: Actor) -> None:
    """The choice is saved as soon as it is made."""
    codes = list(LANGUAGES)
    chosen = st.radio(
        _("Langue des écrans"),
        codes,
        index=codes.index(actor.language),
        format_func=lambda code: LANGUAGES[code],
        horizontal=True,
        key="own-language",
    )
    if chosen != actor.language:
        try:
            commands.change_own_language(actor, chosen)
        except Refusal as refusal:
            messages.refused(refusal)
        else:
            st.rerun()


def passphrase(actor: Actor) -> None:
    """Asks for the current one; every other browser of the person is signed out."""
    with st.form(forms.key(FORM), border=False):
        old = st.text_input(
            _("Phrase de passe actuelle"),
            key=forms.field(FORM, "old"),
            type="password",
            autocomplete="current-password",
        )
        new = st.text_input(
            _("Nouvelle phrase de passe"),
            key=forms.field(FORM, "new"),
            type="password",
            autocomplete="new-password",
            help=_(
                "Au moins {n} caractères ; quelques mots avec des espaces conviennent bien.",
                n=FEWEST_CHARACTERS,
            ),
        )
        again = st.text_input(
            _("Encore une fois"), key=forms.field(FORM, "again"), type="password", autocomplete="new-password"
        )
        sent = st.form_submit_button(_("Changer la phrase de passe"), type="primary")
    if sent and new != again:
        st.error(_("Les deux saisies ne sont pas identiques. Saisissez deux fois la même phrase."))
    elif sent:
        _change(actor, old or "", new or "")


def _change(actor: Actor, old: str, new: str) -> None:
    here = session.session_id()
    try:
        commands.change_own_password(actor, here or 0, old, new)
    except Refusal as refusal:
        messages.refused(refusal)
        return
    messages.done(_("La phrase de passe est changée. Vos autres navigateurs sont déconnectés."))
    forms.clear(FORM)
    st.rerun()


def sign_out_everywhere(actor: Actor) -> None:
    """For a browser left open somewhere, or a doubt."""
    st.markdown(_("Une session oubliée sur un autre ordinateur ? Fermez-les toutes, celle-ci comprise."))
    if st.button(_("Se déconnecter partout"), icon=":material/logout:", key="sign-out-everywhere"):
        try:
            commands.sign_out_everywhere(actor)
        except Refusal as refusal:
            messages.refused(refusal)
        else:
            session.sign_out()
            st.rerun()
