"""What is asked about a person, and nothing more."""

from collections.abc import Mapping

from lib.refusal import Labelled


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
