"""The English catalogue, read straight from its text file: no compiled copy that could grow stale."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from lib.i18n.typography import curl

ENGLISH = Path(__file__).parents[2] / "data" / "locales" / "en" / "LC_MESSAGES" / "messages.po"


def translations(path: Path) -> dict[str, str]:
    """Every French text of a catalogue file with its translation, empty when there is none yet."""
    if not path.exists():
        return {}
    with path.open("rb") as source:
        entries = read_po(source, locale="en")
    return {str(entry.id): str(entry.string or "") for entry in entries if entry.id}


@cache
def english() -> Mapping[str, str]:
    """French text to English text, without those still to be translated."""
    return {text: curl(translated) for text, translated in translations(ENGLISH).items() if translated}
