"""`docs`: the documents made from the code itself, the data dictionary and the state diagrams."""

import argparse
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Table

from lib.config import PROJECT
from lib.i18n import _
from lib.refusal import Labelled, Refusal

REASONS = PROJECT / "data" / "reference" / "justifications.toml"
DICTIONARY, STATES = PROJECT / "docs" / "data-dictionary.md", PROJECT / "docs" / "states.md"
MADE = "Document produit par `python -m lib.manage docs` : ne pas modifier à la main."


class Unjustified(Refusal):
    """A datum without a reason is not kept."""

    text = "Dictionnaire des données : justification manquante ou en trop pour {columns}."


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    told = _("régénère la documentation tirée du code : dictionnaire des données, diagrammes d'états")
    subparsers.add_parser("docs", help=told, description=told).set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Write both documents."""
    for file, text in documents().items():
        file.write_text(text, encoding="utf-8")
        print(file.relative_to(PROJECT))
    return 0


def documents() -> Mapping[Any, str]:
    """Each file with what it must say."""
    return {DICTIONARY: dictionary(), STATES: states()}


def dictionary() -> str:
    """Every column with its type, why it is kept and who reads it; raises Unjustified."""
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    common = reasons.pop("common")
    tables = _tables()
    _check(tables, common, reasons)
    lines = ["# Dictionnaire des données", "", MADE, ""]
    lines += ["Aucun diagnostic n'est enregistré. Les lectures sont limitées par la base elle-même.", ""]
    for table in tables:
        about = reasons[table.fullname]
        lines += [f"## {table.fullname}", "", f"Lu par : {about['seen']}.", ""]
        lines += ["| colonne | type | obligatoire | justification |", "|---|---|---|---|"]
        lines += [
            f"| `{column.name}` | {str(column.type).lower()} | {'non' if column.nullable else 'oui'} "
            f"| {about.get(column.name) or common[column.name]} |"
            for column in table.columns
        ]
        lines.append("")
    return "\n".join(lines)


def _tables() -> list[Table]:
    from lib.accounts import models as accounts
    from lib.audit import models as audit
    from lib.db import tables
    from lib.db.base import Base
    from lib.journey import models as journey
    from lib.pilot import models as pilot
    from lib.recruitment import models as recruitment
    from lib.sites import models as sites
    from lib.training import models as training

    declared = {
        module.__name__ for module in (accounts, audit, tables, journey, pilot, recruitment, sites, training)
    }
    mapped = [one for one in Base.registry.mappers if one.class_.__module__ in declared]
    found = [one.local_table for one in mapped if isinstance(one.local_table, Table)]
    return sorted(found, key=lambda table: table.fullname)


def _check(tables: Collection[Table], common: Mapping[str, str], reasons: Mapping[str, Any]) -> None:
    kept = {f"{table.fullname}.{column.name}" for table in tables for column in table.columns}
    given = {f"{name}.{column}" for name, about in reasons.items() for column in about if column != "seen"}
    missing = {one for one in kept - given if one.rpartition(".")[2] not in common}
    unknown = given - kept
    unseen = {table.fullname for table in tables if "seen" not in reasons.get(table.fullname, {})}
    if wrong := sorted(missing | unknown | unseen):
        raise Unjustified(columns=", ".join(wrong))


def states() -> str:
    """The tables of transitions as diagrams."""
    from lib.journey import rules as journey
    from lib.sites import rules as sites

    lines = ["# États et transitions", "", MADE, ""]
    lines += ["## Parcours d'une personne, du repérage à l'inclusion", ""]
    lines += _diagram(journey.TRANSITIONS, journey.State.IDENTIFIED)
    lines += ["", "## Site", "", *_diagram(sites.TRANSITIONS, sites.SiteState.PROSPECT), ""]
    return "\n".join(lines)


def _diagram(transitions: Mapping[Any, Collection[Any]], first: Labelled) -> Iterator[str]:
    order = list(type(first))
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {state.value} : {state.label}" for state in order)
    yield f"    [*] --> {first.value}"
    for old in order:
        nexts = [state for state in order if state in transitions.get(old, ())]
        yield from (f"    {old.value} --> {new.value}" for new in nexts)
        if not nexts:
            yield f"    {old.value} --> [*]"
    yield "```"
