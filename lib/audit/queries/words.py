"""A changed row in words: which columns, what they held before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime

import lib.accounts.models
import lib.journey.models
import lib.pilot.models
import lib.sites.models
import lib.training.models  # noqa: F401  # all five: their tables tell how values read
from lib.audit.rules import UNSAID, Field
from lib.db.base import Base, Code

FIELDS: dict[str, str] = {field.value: field for field in Field}


@dataclass(frozen=True)
class Line:
    """One column of one change; `column` is one of `Field` where it has a name of its own."""

    column: str
    before: object
    after: object


def lines(
    table_name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[Line, ...]:
    """The columns that differ, in the order of their names on screen."""
    old, new = before or {}, after or {}
    changed = [
        name
        for name in {*old, *new}
        if name not in UNSAID
        and (
            name != "account_id" or table_name.startswith("access.")
        )  # elsewhere it is who did it, said beside
        and old.get(name) != new.get(name)
        and (old.get(name), new.get(name)) != (None, "")
    ]
    found = [
        Line(_named(name), _value(table_name, name, old.get(name)), _value(table_name, name, new.get(name)))
        for name in changed
    ]
    return tuple(sorted(found, key=lambda line: getattr(line.column, "label", line.column)))


def _named(name: str) -> str:
    return FIELDS.get(name, name)


def _value(table_name: str, name: str, value: Any) -> object:
    """A code as its enum, a date as a date; anything else as it was written down."""
    table = Base.metadata.tables.get(table_name)
    if value is None or table is None or name not in table.columns:
        return value
    kind = table.columns[name].type
    if isinstance(kind, Code):
        return kind.enum(value) if value in list(kind.enum) else value
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value
