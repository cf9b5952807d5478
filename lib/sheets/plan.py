"""What a table is expected to hold: a slice says it once; reading, mapping and checking follow."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from lib.refusal import Refusal
from lib.sheets.cells import to_text
from lib.sheets.text import Cell

Row = Mapping[str, object]
Fault = tuple[str, Refusal]


@dataclass(frozen=True)
class Column:
    """One expected column: `required` must be in the file, `needed` must also be filled on every row."""

    name: str
    title: str
    convert: Callable[[Cell], object] = to_text
    synonyms: tuple[str, ...] = ()
    required: bool = False
    needed: bool = False
    description: str = ""

    @property
    def must_exist(self) -> bool:
        """Whether no row can be taken without this column."""
        return self.required or self.needed


@dataclass(frozen=True)
class Unique:
    """What may occur only once in a file: `of` a row (None: not concerned), reported under `column`."""

    column: str
    of: Callable[[Row], Hashable | None]


def no_fault(_row: Row) -> Iterable[Fault]:
    """For tables without a rule across columns."""
    return ()


@dataclass(frozen=True)
class Sheet:
    """One kind of table: `check` says what is wrong across the columns of a row whose cells are all right."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    check: Callable[[Row], Iterable[Fault]] = no_fault
    unique: tuple[Unique, ...] = ()
    by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
