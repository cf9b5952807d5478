"""What import-linter cannot say: what one file may import by its name, and what a slice may hold."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, Source, imported_modules, python_files

SLICES = (
    "pilot", "accounts", "sites", "toolkit", "journey", "recruitment", "training", "bilan",
    "evaluation", "releases", "reports", "audit",
)  # fmt: skip
SLICE_FILES = {"__init__", "rules", "models", "queries", "commands", "charts", "documents"}
VAGUE_NAMES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
    "common",
}
FORMULAS = {"numpy", "scipy", "statsmodels"}


def foreign_imports(source: Source, third_parties: set[str], own: tuple[str, ...]) -> list[str]:
    """Imports that are neither standard, nor these third parties, nor these modules of ours."""
    return [
        source.at(node, f"imports {module}")
        for node, module in imported_modules(source)
        if not module.startswith(own)
        and module.partition(".")[0] not in sys.stdlib_module_names | third_parties
    ]


def is_rules(source: Source) -> bool:
    parts = source.path.removesuffix(".py").split("/")
    return len(parts) > 2 and parts[1] in SLICES and parts[2] == "rules"


def rules_of(source: Source) -> list[str]:
    """What a slice's rules import beyond formulas, refusals and other rules."""
    others = tuple(f"lib.{name}.rules" for name in SLICES)
    return foreign_imports(source, FORMULAS, ("lib.refusal", *others))


def stray_files(source: Source) -> list[str]:
    """A file of a slice whose name says nothing of its place."""
    parts = source.path.removesuffix(".py").split("/")
    stray = parts[0] == "lib" and len(parts) > 2 and parts[1] in SLICES and parts[2] not in SLICE_FILES
    return (
        [source.at(1, "a slice holds rules, models, queries, commands, charts, documents")] if stray else []
    )


def importing(module: str, sources: list[Source]) -> list[str]:
    return [
        s.at(node, f"imports {name}")
        for s in sources
        for node, name in imported_modules(s)
        if is_in(name, module)
    ]


def is_in(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def test_access_needs_nothing_but_python():
    """People who do not program read who may do what: no library stands between them and it."""
    found = [
        f
        for s in python_files("lib/access")
        for f in foreign_imports(s, set(), ("lib.access", "lib.refusal"))
    ]
    assert found == []


def test_rules_are_pure():
    """A rule that reads a table or the time gives another answer tomorrow, and its test proves nothing."""
    assert [finding for s in python_files("lib") if is_rules(s) for finding in rules_of(s)] == []


def test_slices_hold_the_known_files_only():
    """Where everything has its place nobody writes it twice; a seventh kind of file is a second place."""
    assert [finding for source in python_files("lib") for finding in stray_files(source)] == []


def test_no_module_is_named_after_nothing():
    """A module named for everything collects everything, until all depends on it."""
    named = [s.path for s in python_files() if VAGUE_NAMES & set(s.path.removesuffix(".py").split("/"))]
    assert named == []


def test_home_is_the_last_word():
    """Home.py runs when the server starts and again as a script: imported from below it would start twice."""
    assert importing("Home", python_files("lib", "pages", "data")) == []


def test_home_knows_no_table():
    """The entry that builds its own query answers before anybody has signed in."""
    sources = python_files("Home.py")
    assert importing("sqlalchemy", sources) + importing("psycopg", sources) == []
    assert [finding for name in SLICES for finding in importing(f"lib.{name}.models", sources)] == []


def test_nothing_that_runs_imports_altair():
    """It validates charts in the tests; at run time it would cost every start half a second and 28 MB."""
    assert importing("altair", python_files("Home.py", "lib", "pages", "data")) == []
    loaded = (
        "import sys, lib.ui.shell, lib.ui.parts.recruitment, lib.web.routes; print('altair' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import sqlalchemy", 1),
        ("from lib.db import read", 1),
        ("from lib import clock", 1),
        ("from lib.journey.models import Person", 1),
        ("from enum import StrEnum\nimport numpy as np\nfrom lib.refusal import Refusal", 0),
        ("from lib.journey.rules import State", 0),
    ],
)
def test_an_impure_rule_is_seen(text, found):
    """Guards the check itself, both ways."""
    assert len(rules_of(Source("lib/recruitment/rules.py", text))) == found


def test_strays_and_hidden_imports_are_seen():
    """Guards the checks themselves: wrong file, third party, and the entry imported from below."""
    paths = ["lib/sites/tools.py", "lib/sites/queries/lists.py", "lib/ui/tools.py"]
    assert [len(stray_files(Source(path, ""))) for path in paths] == [1, 0, 0]
    assert foreign_imports(Source("lib/access/a.py", "import pandas"), set(), ()) == [
        "lib/access/a.py:1: imports pandas"
    ]
    assert (
        len(
            importing(
                "Home", [Source("lib/a.py", "from Home import main"), Source("lib/b.py", "import Homes")]
            )
        )
        == 1
    )
