"""The five consents, and what a person may say to each."""

from lib.refusal import Labelled


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
