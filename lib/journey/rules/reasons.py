"""Why a person left the path, always as a code."""

from collections.abc import Mapping

from lib.journey.rules.states import State
from lib.refusal import Labelled


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
