"""The words of the trail: what was done, to what, and how each column is called on screen."""

from lib.refusal import Labelled


class Verb(Labelled):
    """What happened to a row."""

    INSERT = "insert", "Ajout"
    UPDATE = "update", "Modification"
    DELETE = "delete", "Suppression"


class Kept(Labelled):
    """The tables whose changes are written down."""

    SITE = "pilot.site", "Site"
    SITE_EVENT = "pilot.site_event", "Étape d'un site"
    COUNSELLOR = "pilot.counsellor", "Fiche de conseil"
    BENEFICIARY = "pilot.beneficiary", "Personne"
    STATE_EVENT = "pilot.state_event", "Étape d'un parcours"
    CONSENT = "pilot.consent", "Accord"
    IDENTITY = "vault.identity", "Identité (scellée)"
    TRACE = "vault.trace", "Empreinte d'identité"
    PLAN = "pilot.plan", "Calendrier prévu"
    PLAN_POINT = "pilot.plan_point", "Point du calendrier prévu"
    SETTING = "pilot.setting", "Réglage"
    IMPORT_BATCH = "pilot.import_batch", "Import"
    ACCOUNT = "access.account", "Compte"
    INVITATION = "access.invitation", "Lien à usage unique"
    SESSION = "access.session", "Session"
    ACCOUNT_EVENT = "access.account_event", "Décision sur un compte"
    REGION = "pilot.region", "Région"
    DEPARTMENT = "pilot.department", "Département"
    PARTNER = "pilot.partner", "Partenaire"


class Field(Labelled):
    """How a column is called; those not named here are shown under their own name."""

    ACCOUNT_ID = "account_id", "Compte"
    ACTION = "action", "Décision"
    ACTIVE = "active", "Actif"
    AGREEMENT_SIGNED_ON = "agreement_signed_on", "Convention signée le"
    ANSWER = "answer", "Réponse"
    BIRTH_YEAR = "birth_year", "Année de naissance"
    BROWSER = "browser", "Navigateur"
    BY_ACCOUNT_ID = "by_account_id", "Décidé par (compte)"
    CHANNEL = "channel", "Canal"
    CITY = "city", "Ville"
    CODE = "code", "Code"
    DEPARTMENT_CODE = "department_code", "Département"
    EFFECTIVE_ON = "effective_on", "Date d'effet"
    EMAIL = "email", "Courriel"
    EMPLOYMENT = "employment", "Situation d'emploi"
    EXPIRES_AT = "expires_at", "Expire le"
    FIRST_NAME = "first_name", "Prénom"
    FORM_VERSION = "form_version", "Version du formulaire"
    FROM_STATE = "from_state", "État précédent"
    KIND = "kind", "Nature"
    LANGUAGE = "language", "Langue"
    LAST_NAME = "last_name", "Nom de famille"
    LOGIN = "login", "Identifiant"
    MADE_BY = "made_by", "Établi par (compte)"
    MATERIAL_DELIVERED_ON = "material_delivered_on", "Matériel remis le"
    NAME = "name", "Nom"
    NOTE = "note", "Note"
    NOTE_VERSION = "note_version", "Version de la note d'information"
    OPENING_ON = "opening_on", "Ouverture prévue le"
    ORGANISATION = "organisation", "Organisme"
    PASSWORD_SET_AT = "password_set_at", "Phrase de passe choisie le"  # the name of a column
    PRACTICE_HOURS = "practice_hours", "Heures de pratique"
    PURPOSE = "purpose", "Objet"
    REASON = "reason", "Raison"
    REASON_CODE = "reason_code", "Motif"
    RECIPIENT = "recipient", "Destinataire"
    RECONTACT_ON = "recontact_on", "À recontacter le"
    REFERRED_ON = "referred_on", "Date d'orientation"
    REFERENT_EMAIL = "referent_email", "Courriel de la référence de site"
    REFERENT_NAME = "referent_name", "Référence de site"
    REFERENT_NAMED_ON = "referent_named_on", "Référence désignée le"
    REGION_CODE = "region_code", "Région"
    REVOKED_AT = "revoked_at", "Fermée le"
    ROLE = "role", "Rôle"
    ROWS = "rows", "Lignes"
    SAVED = "saved", "Lignes enregistrées"
    SCOPE_ID = "scope_id", "Périmètre"
    SEX = "sex", "Sexe"
    SITE_ID = "site_id", "Site (numéro interne)"
    STAFF_BRIEFED_ON = "staff_briefed_on", "Équipe informée le"
    STATE = "state", "État"
    TARGET = "target", "Objectif"
    TO_STATE = "to_state", "Nouvel état"
    USED_AT = "used_at", "Utilisé le"
    VALUE = "value", "Valeur"
    VOLUNTEER_SINCE = "volunteer_since", "Volontaire depuis le"
    WAVE = "wave", "Vague"


UNSAID = frozenset(
    {
        "beneficiary_id",
        "id",
        "version",
        "name_key",
        "email_key",
        "created_at",
        "at",
        "seq",
        "sealed_at",
        "made_at",
        "ticket_hash",
    }
)
"""Columns that say nothing to a reader: keys, counters, and the moment that the line itself shows."""
