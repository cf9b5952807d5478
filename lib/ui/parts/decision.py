"""The next step of a person, asked one thing at a time; only what the rules allow is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import streamlit as st

from lib import clock
from lib.access import Actor, Permission
from lib.i18n import N_, _
from lib.i18n.formats import day
from lib.journey.commands import RecordDecision, record_decision
from lib.journey.rules import REASONS, Answer, ConsentKind, Reason, State, Step, next_states
from lib.refusal import ChangedMeanwhile, Labelled
from lib.ui import forms

ACTIONS = {
    State.SCREENING: N_("Commencer à vérifier l'éligibilité"),
    State.ELIGIBLE: N_("La personne est éligible"),
    State.INELIGIBLE: N_("La personne n'est pas éligible"),
    State.INFORMED: N_("L'information a été donnée"),
    State.CONSENTED: N_("La personne donne son accord : inclusion"),
    State.DEFERRED: N_("Recontacter plus tard"),
    State.NOT_APPROACHED: N_("L'information n'a pas été proposée"),
    State.DUPLICATE: N_("C'est un doublon"),
    State.DECLINED: N_("La personne refuse, c'est son droit"),
    State.UNREACHABLE: N_("La personne est injoignable"),
    State.WITHDRAWN: N_("La personne se retire"),
    State.DECEASED: N_("La personne est décédée"),
}


class Person(Protocol):
    """What the form needs to know; rows of the list and of the person's page both have it."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def since(self) -> date: ...
    @property
    def seq(self) -> int: ...


@dataclass(frozen=True)
class _Begun:
    """Where the person stood when the form was begun: a decision is about that, not about what came later."""

    state: State
    since: date
    seq: int


def form(actor: Actor, person: Person) -> None:
    """The decision form of one person; draws nothing for who may not decide."""
    if not actor.may(Permission.DECIDE_PATH):
        return
    name = f"decide-{person.id}"
    begun = _begun(name, person)
    choices = next_states(begun.state)
    if not choices:
        st.caption(
            _("Le parcours s'arrête ici : aucune étape ne suit « {state} ».", state=_(begun.state.label))
        )
        return
    to = st.radio(
        _("Que s'est-il passé ?"),
        choices,
        index=None,
        format_func=lambda state: _(ACTIONS[state]),
        key=forms.field(name, "to"),
    )
    if person.seq != begun.seq:
        _moved_on(name, person)
    if to is None:
        return
    step = _step(name, to, begun)
    if st.button(_("Enregistrer cette étape"), type="primary", key=forms.field(name, "save")):
        _save(actor, person, RecordDecision(person.id, begun.seq, step))


def _save(actor: Actor, person: Person, command: RecordDecision) -> None:
    forms.submitted(
        f"decide-{person.id}",
        lambda db: record_decision(db, actor, command, clock.today()),
        actor,
        done=_("{code} : « {state} » enregistré.", code=person.code, state=_(command.step.to.label)),
        on_changed=lambda refusal: _both(refusal, command.step),
    )


def _begun(name: str, person: Person) -> _Begun:
    """Kept while something is chosen; a form that nobody touched follows the person."""
    key = forms.field(name, "begun")
    if st.session_state.get(forms.field(name, "to")) is None or key not in st.session_state:
        st.session_state[key] = _Begun(person.state, person.since, person.seq)
    begun: _Begun = st.session_state[key]
    return begun


def _moved_on(name: str, person: Person) -> None:
    st.warning(
        _(
            "Une autre personne a enregistré « {state} » au {since} pendant votre saisie. Rien n'a été écrasé.",
            state=_(person.state.label),
            since=day(person.since),
        ),
        icon=":material/group:",
    )
    if st.button(_("Repartir de la version enregistrée"), key=forms.field(name, "again")):
        forms.clear(name)
        st.rerun()


def _both(refusal: ChangedMeanwhile, step: Step) -> None:
    """Both versions, side by side in words."""
    state, since = refusal.theirs.get("state"), refusal.theirs.get("since")
    if isinstance(state, Labelled) and isinstance(since, date):
        theirs = _(
            "Version enregistrée : « {state} » le {since}, par {by}.",
            state=_(state.label),
            since=day(since),
            by=refusal.theirs.get("by") or _("une autre personne"),
        )
        st.info(theirs)
    st.info(_("Votre saisie : « {state} » le {on}.", state=_(step.to.label), on=day(step.on)))


def _step(name: str, to: State, begun: _Begun) -> Step:
    """Ask only what this step needs."""
    today = clock.today()
    on = st.date_input(
        _("À quelle date ?"),
        value=today,
        min_value=min(begun.since, today),
        max_value=today,
        format="DD/MM/YYYY",
        key=forms.field(name, "on"),
    )
    reason = _reason(name, to, REASONS.get(to, ()))
    again = _recontact(name, on) if to is State.DEFERRED else None
    version = ""
    if to is State.INFORMED:
        version = st.text_input(
            _("Version de la note d'information remise"),
            help=_("Elle est écrite en bas de la note : on saura ce que la personne a lu."),
            key=forms.field(name, "version"),
        )
    consents = _consents(name) if to is State.CONSENTED else {}
    note = st.text_input(
        _("Note (facultatif, sans nom ni détail médical)"), key=forms.field(name, "note"), max_chars=300
    )
    return Step(to, on, reason, again, version, note, consents)


def _reason(name: str, to: State, reasons: Sequence[Reason]) -> Reason | None:
    if not reasons:
        return None
    return st.radio(
        _("Pour quel motif ?"),
        reasons,
        index=None,
        format_func=lambda reason: _(reason.label),
        key=forms.field(name, f"reason-{to.value}"),
    )


def _recontact(name: str, on: date) -> date:
    return st.date_input(
        _("Recontacter à partir du"),
        value=on + timedelta(days=14),
        min_value=on + timedelta(days=1),
        format="DD/MM/YYYY",
        key=forms.field(name, "again-on"),
    )


def _consents(name: str) -> dict[ConsentKind, Answer]:
    """Each of the five is asked, and none is answered beforehand."""
    st.caption(_("Les cinq accords se demandent un par un. Seul le premier est nécessaire au bilan."))
    answers = {
        kind: st.radio(
            _(kind.label),
            (Answer.GIVEN, Answer.REFUSED),
            index=None,
            horizontal=True,
            format_func=lambda answer: _(answer.label),
            key=forms.field(name, f"consent-{kind.value}"),
        )
        for kind in ConsentKind
    }
    return {kind: answer for kind, answer in answers.items() if answer is not None}
