"""Names as typed against names as recorded: case and accents do not count, the rest is only proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from lib.sheets.bad_cells import NearName, NotKnown
from lib.sheets.text import Cell, clean, key

T = TypeVar("T")
_CLOSE = 78.0
_MOST = 3


@dataclass(frozen=True)
class Proposal(Generic[T]):
    """A recorded name that looks like the one typed, with how much (0 to 100)."""

    name: str
    value: T
    score: float


@dataclass(frozen=True)
class Nearest(Generic[T]):
    """What a typed name stands for: `exact`, or else proposals for a person to decide upon."""

    name: str
    exact: Proposal[T] | None
    proposals: tuple[Proposal[T], ...] = ()


class Names(Generic[T]):
    """Recorded names, searched many times; `accepted` holds what a person decided for typed names."""

    def __init__(self, known: Mapping[str, T], accepted: Mapping[str, T] | None = None) -> None:
        self._by_key: dict[str, list[tuple[str, T]]] = {}
        for name, value in known.items():
            self._by_key.setdefault(key(name), []).append((name, value))
        self._accepted = {key(name): value for name, value in (accepted or {}).items()}
        self._found: dict[str, Nearest[T]] = {}

    def nearest(self, name: Cell) -> Nearest[T]:
        """The recorded name with the same key, or up to three that look like it."""
        typed = key(name)
        if typed not in self._found:
            self._found[typed] = self._search(clean(name), typed)
        return self._found[typed]

    def to_value(self, cell: Cell) -> T:
        """A converter: the value recorded under this name; raises NearName or NotKnown."""
        found = self.nearest(cell)
        if found.exact:
            return found.exact.value
        if found.proposals:
            near = ", ".join(f"« {proposal.name} »" for proposal in found.proposals)
            raise NearName(value=clean(cell), near=near, proposals=found.proposals)
        raise NotKnown(value=clean(cell))

    def _search(self, name: str, typed: str) -> Nearest[T]:
        if typed in self._accepted:
            return Nearest(name, Proposal(name, self._accepted[typed], 100.0))
        same = self._by_key.get(typed, [])
        if len(same) == 1:
            return Nearest(name, Proposal(*same[0], 100.0))
        if same:
            return Nearest(name, None, tuple(Proposal(*one, 100.0) for one in same))
        close = process.extract(typed, self._by_key.keys(), scorer=_score, score_cutoff=_CLOSE, limit=_MOST)
        return Nearest(
            name,
            None,
            tuple(Proposal(*one, score) for known, score, _ in close for one in self._by_key[known]),
        )


def _score(one: str, other: str, **_options: object) -> float:
    """Letters mistyped, words in another order, or blanks lost; a shared kind of place is not enough."""
    joined = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""))
    return max(joined, fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other) * 0.9)


def nearest(name: str, known: Mapping[str, T]) -> Nearest[T]:
    """One search; keep a `Names` for many."""
    return Names(known).nearest(name)
