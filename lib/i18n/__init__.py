"""What a person reads, in the language they chose: French is the source, English its translation."""

from contextvars import ContextVar
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, get_args

from lib.i18n.catalogue import english
from lib.i18n.typography import typeset

__all__ = ["LANGUAGES", "N_", "Language", "_", "language", "plural", "use_language"]

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_current: ContextVar[Language] = ContextVar("language", default="fr")


@dataclass(frozen=True)
class _Spoken:
    """Lets `use_language` also be a `with` block, for a document written in another language."""

    before: Language

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _current.set(self.before)


def language() -> Language:
    """The language of the person being answered."""
    return _current.get()


def use_language(code: str) -> _Spoken:
    """Answer in this language from here on, or for one `with` block; an unknown code means French."""
    spoken = _Spoken(_current.get())
    _current.set("en" if code == "en" else "fr")
    return spoken


def _(text: str, **values: Any) -> str:
    """The text in the current language, well set, with its {placeholders} filled."""
    translated = english().get(text) if language() == "en" else None
    template = translated or typeset(text)
    return template.format(**values) if values else template


def plural(n: float, one: str, many: str, **values: Any) -> str:
    """One text or the other by the number, given as {n}: French says "0 personne", English "0 people"."""
    from lib.i18n.formats import number

    single = abs(n) < 2 if language() == "fr" else n == 1
    return _(one if single else many, **{"n": number(n), **values})


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for the catalogue where it is declared; `_` shows it later."""
    return text
