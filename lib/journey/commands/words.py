"""How people write statuses, reasons, channels and situations in their spreadsheets."""

from collections.abc import Callable, Mapping

from lib.journey.rules import REASONS, Channel, Employment, Reason, Sex, State, Wave
from lib.sheets.bad_cells import BadCell
from lib.sheets.cells import to_choice
from lib.sheets.text import Cell

STATES: Mapping[str, State] = {
    **{state.label: state for state in State},
    **dict.fromkeys(
        ("Repéré", "Repérée", "Identifié", "Identifiée", "Orienté", "Orientée"), State.IDENTIFIED
    ),
    **dict.fromkeys(("Nouveau", "Nouvelle", "À voir", "Reçu", "Reçue"), State.IDENTIFIED),
    **dict.fromkeys(("En cours", "En attente", "À évaluer", "En cours d'évaluation"), State.SCREENING),
    **dict.fromkeys(("Éligibles", "Eligible (à informer)", "À informer"), State.ELIGIBLE),
    **dict.fromkeys(("Informé", "Informée", "Information faite", "Proposé", "Proposée"), State.INFORMED),
    **dict.fromkeys(("Inclus", "Incluse", "Inclu", "Accord", "Accepté", "Acceptée"), State.CONSENTED),
    **dict.fromkeys(("À rappeler", "Rappeler", "Recontacter", "Différé", "Reporté"), State.DEFERRED),
    **dict.fromkeys(("Non proposé", "Non proposée", "Non approché", "Non approchée"), State.NOT_APPROACHED),
    **dict.fromkeys(("Doublons", "En double"), State.DUPLICATE),
    **dict.fromkeys(("Inéligible", "Pas éligible", "Exclu", "Exclue", "Non inclus"), State.INELIGIBLE),
    **dict.fromkeys(("Refusé", "Refusée", "Refuse", "Décline", "Ne souhaite pas"), State.DECLINED),
    **dict.fromkeys(("Non joignable", "Pas joignable", "Sans réponse", "Perdu de vue"), State.UNREACHABLE),
    **dict.fromkeys(("Retiré", "Retirée", "Abandon", "Sortie", "Sorti"), State.WITHDRAWN),
    **dict.fromkeys(("Décédé", "Décédée", "DCD"), State.DECEASED),
}
REASON_WORDS: Mapping[str, Reason] = {
    **{reason.label: reason for reason in Reason},
    **dict.fromkeys(("Âge", "Trop âgé", "Trop âgée", "Retraité", "Retraitée", "Mineur"), Reason.AGE),
    **dict.fromkeys(("Pas de cancer", "Hors cancer"), Reason.NO_CANCER_LINK),
    **dict.fromkeys(("Bilan < 5 ans", "Bilan de moins de 5 ans", "Bilan récent"), Reason.RECENT_BILAN),
    **dict.fromkeys(("Langue", "Barrière de la langue", "Barrière linguistique"), Reason.LANGUAGE),
    **dict.fromkeys(("État de santé", "Santé", "État de santé incompatible"), Reason.HEALTH),
    **dict.fromkeys(("Déjà inclus", "Déjà incluse", "Déjà inclus(e)"), Reason.ALREADY_INCLUDED),
    **dict.fromkeys(("Autres", "Autre motif"), Reason.OTHER),
    **dict.fromkeys(("Équipe non disponible", "Absence de l'équipe"), Reason.TEAM_ABSENT),
    **dict.fromkeys(("Oublié", "Oubliée"), Reason.FORGOTTEN),
    **dict.fromkeys(("Fragilité", "Trop fragile"), Reason.TOO_FRAGILE),
    **dict.fromkeys(("Pas le moment", "Traitement", "En traitement"), Reason.NOT_NOW),
    **dict.fromkeys(("Fatigué", "Fatiguée", "Trop fatigué", "Trop fatiguée"), Reason.FATIGUE),
    **dict.fromkeys(
        ("Pas intéressé", "Pas intéressée", "Pas intéressé(e)", "Sans intérêt"), Reason.NO_INTEREST
    ),
    **dict.fromkeys(("Déjà accompagné", "Déjà accompagnée", "Autre accompagnement"), Reason.OTHER_SUPPORT),
    **dict.fromkeys(("Crainte employeur", "Confidentialité", "Crainte de l'employeur"), Reason.FEAR),
    **dict.fromkeys(("Distance", "Horaires", "Trop loin", "Éloignement", "Transport"), Reason.DISTANCE),
    **dict.fromkeys(("Questionnaires", "Trop de questionnaires"), Reason.BURDEN),
    **dict.fromkeys(("NSP", "Ne sait pas", "Non précisé", "Inconnu", "Sans motif"), Reason.UNDISCLOSED),
    **dict.fromkeys(("Rechute", "Aggravation", "Récidive"), Reason.RELAPSE),
    **dict.fromkeys(("Reprise du travail", "Reprise d'activité", "Reprise"), Reason.BACK_TO_WORK),
    **dict.fromkeys(("Insatisfait", "Insatisfaite"), Reason.DISSATISFIED),
    **dict.fromkeys(("Famille", "Raison familiale", "Raisons familiales"), Reason.FAMILY),
}
CHANNELS: Mapping[str, Channel] = {
    **{channel.label: channel for channel in Channel},
    **dict.fromkeys(
        ("Assistante sociale", "Assistant social", "Assistant de service social", "AS", "ASS"),
        Channel.SOCIAL_WORKER,
    ),
    **dict.fromkeys(("Infirmière", "Infirmier", "IDE", "IDEC", "IPA", "Infirmier(ère)"), Channel.NURSE),
    **dict.fromkeys(("Oncologue", "Médecin", "Cancérologue", "Dr", "Docteur"), Channel.ONCOLOGIST),
    **dict.fromkeys(
        ("Asso", "Assoc.", "Associations", "Ligue", "Ligue contre le cancer"), Channel.ASSOCIATION
    ),
    **dict.fromkeys(("Affiches", "Affichage", "Flyer", "Dépliant", "Plaquette"), Channel.POSTER),
    **dict.fromkeys(("Lui-même", "Elle-même", "Spontané", "Spontanée", "Auto", "Internet"), Channel.SELF),
    **dict.fromkeys(("Autres", "Divers"), Channel.OTHER),
}
SEXES: Mapping[str, Sex] = {
    **{sex.label: sex for sex in Sex},
    **dict.fromkeys(("F", "Fem", "Féminin", "Mme", "Madame"), Sex.FEMALE),
    **dict.fromkeys(("H", "M", "Masculin", "Mr", "Monsieur"), Sex.MALE),
    **dict.fromkeys(("A", "X", "NB", "Non binaire"), Sex.OTHER),
}
EMPLOYMENTS: Mapping[str, Employment] = {
    **{situation.label: situation for situation in Employment},
    **dict.fromkeys(("Salarié", "Salariée", "Salarié CDI", "Emploi", "En emploi"), Employment.PERMANENT),
    **dict.fromkeys(("CDD", "Intérim", "Intérimaire", "CDD/intérim"), Employment.FIXED_TERM),
    **dict.fromkeys(
        ("Indépendant", "Indépendante", "Auto-entrepreneur", "Libéral", "TNS"), Employment.SELF_EMPLOYED
    ),
    **dict.fromkeys(("Fonctionnaire", "Agent public", "Titulaire"), Employment.CIVIL_SERVANT),
    **dict.fromkeys(
        ("Arrêt", "Arrêt de travail", "En arrêt", "AT", "Arrêt longue maladie"), Employment.SICK_LEAVE
    ),
    **dict.fromkeys(
        ("Demandeur d'emploi", "Demandeuse d'emploi", "Chômage", "France Travail", "Pôle emploi", "DE"),
        Employment.JOB_SEEKER,
    ),
    **dict.fromkeys(("Reconnaissance travailleur handicapé", "TH"), Employment.DISABILITY_STATUS),
    **dict.fromkeys(("Inactif", "Inactive", "Sans emploi", "Invalidité", "Au foyer"), Employment.INACTIVE),
    **dict.fromkeys(("Autres", "Divers"), Employment.OTHER),
}
WAVES: Mapping[str, Wave] = {
    **{wave.label: wave for wave in Wave},
    **dict.fromkeys(("Test", "1", "V1", "Vague 1", "Phase 2"), Wave.TEST),
    **dict.fromkeys(("Principale", "2", "V2", "Vague 2", "Phase 3"), Wave.MAIN),
}

_any_reason = to_choice(REASON_WORDS)


def to_reason(state: State) -> Callable[[Cell], Reason]:
    """A converter for the reasons of this state; those of other states are read too, to be refused by name."""
    expected = to_choice({reason.label: reason for reason in REASONS.get(state, ())})

    def convert(cell: Cell) -> Reason:
        try:
            return _any_reason(cell)
        except BadCell:
            return expected(cell)

    return convert
