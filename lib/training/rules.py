"""What the register asks of a volunteer counsellor."""

from lib.refusal import Refusal


class NameMissing(Refusal):
    """A person is called by both names."""

    text = "Indiquez le nom et le prénom."


class EmailMissing(Refusal):
    """The address is how a counsellor is reached and told apart from another one of the same name."""

    text = "Indiquez l'adresse de courriel : elle distingue deux personnes du même nom."


class CounsellorExists(Refusal):
    """One address, one counsellor."""

    text = (
        "L'adresse « {email} » est déjà celle d'une personne du registre. "
        "Modifiez sa fiche, ou indiquez une autre adresse."
    )


class NegativeHours(Refusal):
    """Hours of practice are counted from zero."""

    text = "Les heures de pratique ne peuvent pas être négatives. Indiquez zéro ou plus."


def email_key(email: str) -> str:
    """Two addresses with one key are the same person's."""
    return email.strip().lower()
