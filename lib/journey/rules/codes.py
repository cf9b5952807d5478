"""The random code of a person, such as BC-7K4M: never sequential, never derived, safe to dictate."""

import re
import secrets
from collections.abc import Callable, Sequence

from lib.refusal import Refusal

ALPHABET = "2345679ACDEFHJKMNPRTWXY"
"""23 signs that are not taken for one another; a prime number, so that one check sign catches what is said below."""

PREFIX = "BC-"
FEWEST, MOST = 3, 7
"""Random signs before the check sign: enough for the pilot, and room to grow when codes run short."""

_SEPARATORS = re.compile(r"[\s‐-―_.\-]+")


class NotACode(Refusal):
    """Not written like a code at all."""

    text = "« {asked} » n'a pas la forme d'un code. Attendu : par exemple BC-7K4M."


class MistypedCode(Refusal):
    """The check sign does not fit: something was mistyped."""

    text = (
        "Le code « {asked} » contient une faute de frappe : sa dernière lettre ne correspond pas aux autres."
    )


def check_sign(signs: str) -> str:
    """The last sign: any one sign changed, or two neighbours exchanged, asks for another one."""
    total = sum((place + 2) * ALPHABET.index(sign) for place, sign in enumerate(signs))
    return ALPHABET[total % len(ALPHABET)]


def new_code(length: int = FEWEST, choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A code with this many random signs."""
    signs = "".join(choose(ALPHABET) for _ in range(length))
    return f"{PREFIX}{signs}{check_sign(signs)}"


def bare(text: str) -> str:
    """What was typed without prefix, blanks, dashes and case: what a search by its beginning needs."""
    return _SEPARATORS.sub("", text).upper().removeprefix(PREFIX.rstrip("-"))


def normalise(text: str) -> str:
    """The code as it is kept, from what a person typed; raises NotACode or MistypedCode."""
    signs = bare(text)
    if not FEWEST < len(signs) <= MOST + 1 or set(signs) - set(ALPHABET):
        raise NotACode(asked=text.strip()[:20])
    if check_sign(signs[:-1]) != signs[-1]:
        raise MistypedCode(asked=PREFIX + signs)
    return PREFIX + signs
