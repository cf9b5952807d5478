"""Find every French text in the source and keep the English catalogue in step with it.

python -m lib.i18n.extract                  what is missing or obsolete (exit status 1 if any)
python -m lib.i18n.extract --update         add missing texts with no translation, drop obsolete ones
python -m lib.i18n.extract --fill FILE      the same, and take translations from a JSON {French: English}
"""

import argparse
import ast
import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from lib.i18n.catalogue import ENGLISH, translations

ROOT = Path(__file__).parents[2]
# Which positional arguments of each marking function are texts.
CALLS: Mapping[str, tuple[int, ...]] = {"_": (0,), "N_": (0,), "plural": (1, 2)}
COLUMN_TEXTS = ("title", "description")
# A fixed date, so that the same texts always give the same file.
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def sources(root: Path = ROOT) -> list[Path]:
    """The Python files whose texts people read."""
    found = [root / "Home.py", *(root / "pages").rglob("*.py"), *(root / "lib").rglob("*.py")]
    return sorted(path for path in found if path.is_file())


def name_of(node: ast.expr) -> str:
    """The last name of `f`, `module.f` or `object.f`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def literals(node: ast.expr) -> Iterator[str]:
    """The texts an argument can be: a literal, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def _of_call(node: ast.Call) -> Iterator[str]:
    name = name_of(node.func)
    for position in CALLS.get(name, ()):
        if position < len(node.args):
            yield from literals(node.args[position])
    if name == "Column":
        yield from (text for title in node.args[1:2] for text in literals(title))
        for keyword in node.keywords:
            if keyword.arg in COLUMN_TEXTS:
                yield from literals(keyword.value)


def _of_class(node: ast.ClassDef) -> Iterator[str]:
    bases = {name_of(base) for base in node.bases}
    for statement in node.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        value = statement.value
        if "Labelled" in bases and isinstance(value, ast.Tuple) and len(value.elts) > 1:
            yield from literals(value.elts[1])
        elif bases and name_of(target) == "text":
            yield from literals(value)


def texts_of(tree: ast.AST) -> Iterator[str]:
    """Every text of one module that belongs in the catalogue."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.ClassDef):
            yield from _of_class(node)


def texts(root: Path = ROOT) -> set[str]:
    """Every text of the source that belongs in the catalogue."""
    return {text for path in sources(root) for text in texts_of(ast.parse(path.read_text("utf-8")))}


def write(path: Path, entries: Mapping[str, str]) -> None:
    """Write a catalogue in the order of the French texts, so that two people's additions rarely collide."""
    catalogue = Catalog(
        locale="en",
        header_comment="# French texts of Pilote Bilan and their English; kept by `python -m lib.i18n.extract`.",
        project="Pilote Bilan",
        version="1",
        creation_date=_WRITTEN,
        revision_date=_WRITTEN,
        last_translator="Pilote Bilan",
        language_team="en",
        msgid_bugs_address="-",
        fuzzy=False,
    )
    for text in sorted(entries):
        catalogue.add(text, entries[text])
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    with draft.open("wb") as target:
        write_po(target, catalogue, width=0)
    draft.replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Command line; see the module's text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--update", action="store_true", help="write the catalogue")
    parser.add_argument("--fill", type=Path, metavar="FILE", help="JSON of translations, implies --update")
    options = parser.parse_args(arguments)
    wanted, known = texts(), translations(ENGLISH)
    given: dict[str, str] = json.loads(options.fill.read_text("utf-8")) if options.fill else {}
    entries = {text: given.get(text) or known.get(text, "") for text in wanted}
    if options.update or options.fill:
        write(ENGLISH, entries)
    missing = sorted(text for text, translated in entries.items() if not translated)
    report = {
        "missing": missing,
        "obsolete": sorted(known.keys() - wanted),
        "not_used": sorted(given.keys() - wanted),
    }
    json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
