"""How a rule says no, and how a code carries its French label: the two things every slice shares."""

from enum import StrEnum
from typing import Any, ClassVar, Self


class Refusal(Exception):
    """A request that the rules do not allow; its text is meant for the person who asked.

    `text` is a French template of the catalogue; the edge translates it and fills it with `values`.
    """

    text: ClassVar[str] = "Cette action n'est pas possible."

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(values)

    def __str__(self) -> str:
        return self.text.format(**self.values)


class NotAllowed(Refusal):
    """The person's role does not include this."""

    text = "Votre rôle ne permet pas cette action. Si vous en avez besoin, parlez-en à l'administration du pilote."


class NotFound(Refusal):
    """No such record, or not one that this person may see: both read alike on purpose."""

    text = "Cet élément n'existe pas, ou vous n'y avez pas accès."


class ChangedMeanwhile(Refusal):
    """Somebody saved another version first; `theirs` holds it, so that both can be shown."""

    text = (
        "Une autre personne a enregistré une modification entre-temps. Rien n'a été écrasé : "
        "comparez sa version avec la vôtre, puis enregistrez à nouveau si c'est toujours utile."
    )

    def __init__(self, theirs: dict[str, object] | None = None, **values: Any) -> None:
        self.theirs = theirs or {}
        super().__init__(**values)


class AlreadyDone(Refusal):
    """The same submission arrived twice; the first one counts."""

    text = "C'est déjà enregistré."


class DatabaseAway(Refusal):
    """The database does not answer; nothing of the command was saved."""

    text = (
        "La base de données ne répond pas pour le moment. Rien n'a été enregistré à moitié et votre saisie "
        "est conservée à l'écran : réessayez dans quelques instants."
    )


class Labelled(StrEnum):
    """A code with its French label: `SCREENING = "screening", "Éligibilité en cours"`."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label or code
        return member
