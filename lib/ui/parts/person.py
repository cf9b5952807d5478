"""One person on screen: facts, path, consents, and the identity behind a reason."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from lib import clock
from lib.access import Actor, Permission
from lib.db import acting_as
from lib.i18n import N_, _
from lib.i18n.formats import day
from lib.journey.commands import RecordConsent, RevealIdentity, record_consent, reveal_identity
from lib.journey.queries import ConsentRow, EventRow, PersonDetail
from lib.journey.rules import Answer, ConsentKind, Identity
from lib.refusal import Refusal
from lib.ui import forms, messages, show

EFFECTS = {
    ConsentKind.BILAN: N_(
        "Le bilan s'arrête ; ce qui a été fait reste compté. Enregistrez aussi « La personne se retire » "
        "dans la prochaine étape."
    ),
    ConsentKind.RESEARCH: N_(
        "Plus aucun questionnaire n'est envoyé. Les réponses déjà données restent, sauf demande d'effacement."
    ),
    ConsentKind.FOLLOWUP_CONTACT: N_("La personne n'est plus contactée à six mois."),
    ConsentKind.KEEP_DOCUMENTS: N_("Les documents du bilan sont détruits à sa fin."),
    ConsentKind.SHARE_SYNTHESIS: N_("La synthèse n'est remise à personne d'autre que la personne."),
}


def facts(person: PersonDetail) -> None:
    """What is known, without who it is."""
    rows = {
        _("Site"): person.site,
        _("Orientation le"): day(person.referred_on),
        _("Canal"): _(person.channel.label) if person.channel else "",
        _("Vague"): _(person.wave.label),
        _("Année de naissance"): str(person.birth_year or ""),
        _("Sexe"): _(person.sex.label) if person.sex else "",
        _("Situation d'emploi"): _(person.employment.label) if person.employment else "",
    }
    unknown = _("non renseigné")
    lines = [
        _("{column} : {value}", column=label, value=f"**{show.escape(value) or unknown}**")
        for label, value in rows.items()
    ]
    st.markdown("  \n".join(lines))


def path(events: Sequence[EventRow]) -> None:
    """The steps, latest first, each with its day, its reason and who recorded it."""
    for event in reversed(events):
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{_(event.to_state.label)}** – {day(event.effective_on)}")
            for line in _about(event):
                st.caption(show.escape(line))


def _about(event: EventRow) -> list[str]:
    lines = []
    if event.reason:
        lines.append(_("Motif : {reason}", reason=_(event.reason.label)))
    if event.recontact_on:
        lines.append(_("À recontacter à partir du {on}", on=day(event.recontact_on)))
    if event.note_version:
        lines.append(_("Note d'information : {version}", version=event.note_version))
    if event.note:
        lines.append(event.note)
    if event.by:
        lines.append(_("Enregistré par {name} le {on}", name=event.by, on=day(event.at.date())))
    return lines


def consents(actor: Actor, person: PersonDetail, answers: Sequence[ConsentRow]) -> None:
    """The five consents, and the form to record a later answer."""
    known = {row.kind: row for row in answers}
    told = [(_(kind.label), f"**{_said(known.get(kind))}**") for kind in ConsentKind]
    st.markdown("  \n".join(_("{column} : {value}", column=kind, value=said) for kind, said in told))
    if actor.may(Permission.DECIDE_PATH):
        with st.expander(_("Enregistrer une réponse ou un retrait")):
            _consent_form(actor, person, known)


def _said(row: ConsentRow | None) -> str:
    if row is None:
        return _("pas encore demandé")
    return _("{answer} le {on}", answer=_(row.answer.label), on=day(row.effective_on))


def _consent_form(actor: Actor, person: PersonDetail, known: dict[ConsentKind, ConsentRow]) -> None:
    name = f"consent-{person.id}"
    kind = st.selectbox(
        _("Quel accord ?"),
        list(ConsentKind),
        index=None,
        placeholder=_("Choisir"),
        format_func=lambda one: _(one.label),
        key=forms.field(name, "kind"),
    )
    if kind is None:
        return
    given = kind in known and known[kind].answer is Answer.GIVEN
    answer = st.radio(
        _("Que dit la personne ?"),
        (Answer.WITHDRAWN,) if given else (Answer.GIVEN, Answer.REFUSED),
        index=None,
        format_func=lambda one: _(one.label),
        key=forms.field(name, f"answer-{kind.value}"),
    )
    if answer is Answer.WITHDRAWN:
        st.info(_(EFFECTS[kind]))
    on = _day(name, person)
    ready = st.button(_("Enregistrer cette réponse"), key=forms.field(name, "save"), disabled=answer is None)
    if ready and answer is not None:
        _save_consent(actor, name, RecordConsent(person.id, kind, answer, on))


def _save_consent(actor: Actor, name: str, command: RecordConsent) -> None:
    forms.submitted(
        name,
        lambda db: record_consent(db, actor, command, clock.today()),
        actor,
        done=_("Réponse enregistrée : {kind}.", kind=_(command.kind.label)),
    )


def _day(name: str, person: PersonDetail) -> date:
    return st.date_input(
        _("À quelle date ?"),
        value=clock.today(),
        min_value=min(person.referred_on, clock.today()),
        max_value=clock.today(),
        format="DD/MM/YYYY",
        key=forms.field(name, "on"),
    )


def identity(actor: Actor, person: PersonDetail) -> None:
    """Who it is: asked for with a reason, logged, and shown until the next click only."""
    if not actor.may(Permission.REVEAL_IDENTITY):
        return
    with (
        st.expander(_("Voir l'identité")),
        st.form(f"reveal-{person.id}", clear_on_submit=True, border=False),
    ):
        st.caption(_("Chaque consultation est inscrite au journal avec son motif. L'affichage ne dure pas."))
        reason = st.text_input(_("Pourquoi en avez-vous besoin ?"), key=f"reveal-reason-{person.id}")
        if st.form_submit_button(_("Afficher l'identité"), icon=":material/visibility:"):
            try:
                with acting_as(actor) as db:
                    found = reveal_identity(db, actor, RevealIdentity(person.id, reason))
            except Refusal as refusal:
                messages.refused(refusal)
            else:
                _show(found)


def _show(found: Identity) -> None:
    name = f"{found.first_name} {found.last_name}".strip() or _("Nom non renseigné")
    st.markdown(f"**{show.escape(name)}**")
    for label, value in ((_("Téléphone"), found.phone), (_("Courriel"), found.email)):
        if value:
            st.markdown(_("{column} : {value}", column=label, value=show.escape(value)))
