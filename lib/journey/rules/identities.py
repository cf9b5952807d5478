"""A person's name and contact, and the writings of them that mean the same person."""

import re
import unicodedata
from dataclasses import asdict, dataclass

from lib.refusal import Labelled, Refusal

_PARTICLES = frozenset(
    {"d", "de", "du", "des", "l", "la", "le", "les", "van", "von", "der", "den", "di", "el"}
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ß": "ss"})


class TraceKind(Labelled):
    """What two records may have in common."""

    NAME = "name", "même nom, prénom et année de naissance"
    EMAIL = "email", "même courriel"
    PHONE = "phone", "même téléphone"


class AlikeKnown(Refusal):
    """Somebody alike is already in the study: a person decides whether it is the same one."""

    text = (
        "Une personne semblable est déjà connue ({what}). Vérifiez avant d'enregistrer : "
        "confirmez s'il s'agit bien de quelqu'un d'autre."
    )


@dataclass(frozen=True)
class Identity:
    """Who a person is and how to reach them; it only ever leaves memory sealed."""

    last_name: str = ""
    first_name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def known(self) -> bool:
        """Whether anything at all was given."""
        return any(value.strip() for value in asdict(self).values())


def name_key(text: str) -> str:
    """A name without accents, case, hyphens and particles; the order of its parts does not count."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    parts = [part for part in re.split(r"[^a-z0-9]+", letters) if part]
    return " ".join(sorted(part for part in parts if part not in _PARTICLES) or sorted(parts))


def phone_key(text: str) -> str:
    """The digits, a French number always from its 0; shorter than a number is nothing."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    french = re.fullmatch(r"(?:0033|33)0?(\d{9})", digits)
    digits = "0" + french[1] if french else digits
    return digits if len(digits) >= 8 else ""


def marks(identity: Identity, birth_year: int | None) -> dict[TraceKind, str]:
    """What a duplicate would share with this person; each is hashed with a key before it is kept."""
    last, first = name_key(identity.last_name), name_key(identity.first_name)
    found = {
        TraceKind.NAME: f"{last}|{first}|{birth_year}" if last and first and birth_year else "",
        TraceKind.EMAIL: identity.email.strip().casefold(),
        TraceKind.PHONE: phone_key(identity.phone),
    }
    return {kind: mark for kind, mark in found.items() if mark}
