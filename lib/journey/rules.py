"""The path of a person from orientation to inclusion: states, transitions, guards, reasons and consents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lib.refusal import Labelled, Refusal


class State(Labelled):
    """Where a person stands on the way to inclusion."""

    IDENTIFIED = "identified", "Repérage"
    SCREENING = "screening", "Éligibilité en cours"
    ELIGIBLE = "eligible", "Éligible"
    INFORMED = "informed", "Information donnée"
    CONSENTED = "consented", "Inclusion"
    DEFERRED = "deferred", "À recontacter"
    NOT_APPROACHED = "not_approached", "Sans proposition"
    DUPLICATE = "duplicate", "Doublon"
    INELIGIBLE = "ineligible", "Non éligible"
    DECLINED = "declined", "Refus"
    UNREACHABLE = "unreachable", "Injoignable"
    WITHDRAWN = "withdrawn", "Retrait"
    DECEASED = "deceased", "Décès"


STEPS = (State.IDENTIFIED, State.SCREENING, State.ELIGIBLE, State.INFORMED, State.CONSENTED)
"""The boxes of the flow, in order; a person's `furthest` is an index into it."""

LIVE = frozenset(
    {State.IDENTIFIED, State.SCREENING, State.ELIGIBLE, State.INFORMED, State.DEFERRED, State.CONSENTED}
)
WAITING = frozenset({State.IDENTIFIED, State.SCREENING, State.ELIGIBLE, State.INFORMED})
"""States in which the team owes the person a next step."""


class Reason(Labelled):
    """Coded reasons of a loss; free text never replaces them."""

    AGE = "age", "Hors âge actif"
    NO_CANCER_LINK = "no_cancer_link", "Sans lien avec un cancer"
    RECENT_BILAN = "recent_bilan", "Bilan financé depuis moins de 5 ans"
    LANGUAGE = "language", "Langue sans interprète"
    HEALTH = "health", "État de santé incompatible (avis de l'équipe)"
    NO_CAPACITY = "no_capacity", "Incapacité à consentir"
    ALREADY_INCLUDED = "already_included", "Inclusion déjà faite"
    OTHER = "other", "Autre"
    TEAM_ABSENT = "team_absent", "Équipe absente"
    FORGOTTEN = "forgotten", "Oubli"
    TOO_FRAGILE = "too_fragile", "Fragilité estimée trop grande"
    LEFT_BEFORE = "left_before", "Sortie avant contact"
    NOT_NOW = "not_now", "Pas le moment (traitement)"
    FATIGUE = "fatigue", "Fatigue"
    NO_INTEREST = "no_interest", "Pas d'intérêt"
    OTHER_SUPPORT = "other_support", "Accompagnement déjà en cours"
    FEAR = "fear", "Crainte employeur ou confidentialité"
    DISTANCE = "distance", "Distance ou horaires"
    BURDEN = "burden", "Charge de l'évaluation"
    UNDISCLOSED = "undisclosed", "Non dit"
    RELAPSE = "relapse", "Rechute ou aggravation"
    BACK_TO_WORK = "back_to_work", "Reprise d'emploi"
    DISSATISFIED = "dissatisfied", "Insatisfaction"
    MOVED = "moved", "Déménagement"
    FAMILY = "family", "Motif familial"


REASONS: Mapping[State, tuple[Reason, ...]] = {
    State.INELIGIBLE: (
        Reason.AGE,
        Reason.NO_CANCER_LINK,
        Reason.RECENT_BILAN,
        Reason.LANGUAGE,
        Reason.HEALTH,
        Reason.NO_CAPACITY,
        Reason.ALREADY_INCLUDED,
        Reason.OTHER,
    ),
    State.NOT_APPROACHED: (Reason.TEAM_ABSENT, Reason.FORGOTTEN, Reason.TOO_FRAGILE, Reason.LEFT_BEFORE),
    State.DECLINED: (
        Reason.NOT_NOW,
        Reason.FATIGUE,
        Reason.NO_INTEREST,
        Reason.OTHER_SUPPORT,
        Reason.FEAR,
        Reason.DISTANCE,
        Reason.BURDEN,
        Reason.UNDISCLOSED,
    ),
    State.WITHDRAWN: (
        Reason.RELAPSE,
        Reason.BACK_TO_WORK,
        Reason.DISSATISFIED,
        Reason.MOVED,
        Reason.FAMILY,
        Reason.UNDISCLOSED,
    ),
}
"""Reasons that may be given for a state; a state that is not here takes none."""

_ANY_TIME = frozenset({State.WITHDRAWN, State.DECEASED})

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.IDENTIFIED: frozenset({State.SCREENING, State.NOT_APPROACHED, State.DUPLICATE}) | _ANY_TIME,
    State.SCREENING: frozenset({State.ELIGIBLE, State.INELIGIBLE}) | _ANY_TIME,
    State.ELIGIBLE: frozenset({State.INFORMED, State.NOT_APPROACHED, State.DEFERRED}) | _ANY_TIME,
    State.INFORMED: frozenset({State.CONSENTED, State.DECLINED, State.DEFERRED, State.UNREACHABLE})
    | _ANY_TIME,
    State.DEFERRED: frozenset({State.INFORMED, State.DECLINED, State.UNREACHABLE}) | _ANY_TIME,
    State.CONSENTED: _ANY_TIME,
}


class Channel(Labelled):
    """By whom or what a person heard of the pilot."""

    SOCIAL_WORKER = "social_worker", "Service social"
    NURSE = "nurse", "Soins infirmiers"
    ONCOLOGIST = "oncologist", "Médecin oncologue"
    ASSOCIATION = "association", "Association"
    POSTER = "poster", "Affiche"
    SELF = "self", "Démarche personnelle"
    OTHER = "other", "Autre"


class Sex(Labelled):
    """As the person states it."""

    FEMALE = "female", "Femme"
    MALE = "male", "Homme"
    OTHER = "other", "Autre"


class Employment(Labelled):
    """Situation towards work when the person is oriented."""

    PERMANENT = "permanent", "CDI"
    FIXED_TERM = "fixed_term", "CDD ou intérim"
    SELF_EMPLOYED = "self_employed", "Activité indépendante"
    CIVIL_SERVANT = "civil_servant", "Fonction publique"
    SICK_LEAVE = "sick_leave", "Arrêt maladie"
    JOB_SEEKER = "job_seeker", "Recherche d'emploi"
    DISABILITY_STATUS = "disability_status", "RQTH"
    INACTIVE = "inactive", "Sans activité"
    OTHER = "other", "Autre"


class Wave(Labelled):
    """The two waves of the experiment: 20 people, then 80."""

    TEST = "test", "Vague test"
    MAIN = "main", "Vague principale"


WAVE_TARGETS: Mapping[Wave, int] = {Wave.TEST: 20, Wave.MAIN: 80}


class ConsentKind(Labelled):
    """Five consents, separate and versioned."""

    BILAN = "bilan", "Réalisation du bilan"
    RESEARCH = "research", "Étude d'évaluation"
    FOLLOWUP_CONTACT = "followup_contact", "Contact à six mois"
    KEEP_DOCUMENTS = "keep_documents_3y", "Conservation des documents trois ans"
    SHARE_SYNTHESIS = "share_synthesis", "Transmission de la synthèse"


class Answer(Labelled):
    """What the person said to one consent."""

    GIVEN = "given", "Accord"
    REFUSED = "refused", "Refus"
    WITHDRAWN = "withdrawn", "Retrait"


class StateEventRefused(Refusal):
    """This state does not follow that one."""

    text = "Depuis « {old} », on ne peut pas passer à « {new} »."


class ReasonRequired(Refusal):
    """A loss is always coded."""

    text = "Choisissez un motif pour « {new} ». « Non dit » est possible quand la personne n'en donne pas."


class ReasonNotOfState(Refusal):
    """Each state has its own reasons."""

    text = "Le motif « {reason} » ne s'applique pas à « {new} »."


class RecontactDateMissing(Refusal):
    """A postponed contact without a date would be forgotten."""

    text = "Indiquez à quelle date recontacter la personne, après le {on}."


class NoteVersionMissing(Refusal):
    """What was said must be known."""

    text = "Indiquez la version de la note d'information remise."


class ConsentMissing(Refusal):
    """A bilan needs consent; refusing it is never a fault."""

    text = "Une inclusion demande l'accord de la personne pour la réalisation du bilan, daté."


class DateOutOfOrder(Refusal):
    """A step cannot happen before the one that came before it, nor in the future."""

    text = "La date doit être entre le {earliest} (étape précédente) et aujourd'hui."


@dataclass(frozen=True)
class Step:
    """One asked change of state, with what its guards look at."""

    to: State
    on: date
    reason: Reason | None = None
    recontact_on: date | None = None
    note_version: str = ""
    consents: Mapping[ConsentKind, Answer] = field(default_factory=dict)


def check_step(old: State, since: date, step: Step, today: date) -> None:
    """Raise the refusal that applies to going from `old` (since that date) to `step.to`, if any."""
    if step.to not in TRANSITIONS.get(old, frozenset()):
        raise StateEventRefused(old=old.label, new=step.to.label)
    if not since <= step.on <= today:
        raise DateOutOfOrder(earliest=f"{since:%d/%m/%Y}")
    _check_reason(step)
    if step.to is State.DEFERRED and (step.recontact_on is None or step.recontact_on <= step.on):
        raise RecontactDateMissing(on=f"{step.on:%d/%m/%Y}")
    if step.to is State.INFORMED and not step.note_version.strip():
        raise NoteVersionMissing
    if step.to is State.CONSENTED and step.consents.get(ConsentKind.BILAN) is not Answer.GIVEN:
        raise ConsentMissing


def _check_reason(step: Step) -> None:
    allowed = REASONS.get(step.to, ())
    if allowed and step.reason is None:
        raise ReasonRequired(new=step.to.label)
    if step.reason is not None and step.reason not in allowed:
        raise ReasonNotOfState(reason=step.reason.label, new=step.to.label)


def next_states(state: State) -> tuple[State, ...]:
    """The states that may follow, in the order in which a form offers them."""
    return tuple(candidate for candidate in State if candidate in TRANSITIONS.get(state, frozenset()))
