"""Every library is known, chosen for a reason, and installed in the version that was tested."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT

NAME = re.compile(r"^[A-Za-z0-9._-]+")


def required() -> list[str]:
    """The libraries asked for in pyproject.toml, for running and for developing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return [match.group() for line in lines if (match := NAME.match(line))]


def locked(lock: str) -> set[str]:
    """The lines `name==version` of a lock file, with the systems they are for."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {line.removesuffix("\\").strip() for line in lines if NAME.match(line) and "==" in line}


def unexplained(names: list[str], decisions: str) -> list[str]:
    """The names that no table row of the decisions begins with."""
    rows = {
        row.strip("| `").partition("|")[0].strip("` ")
        for row in decisions.splitlines()
        if row.startswith("|")
    }
    listed = {name.strip("` ") for row in rows for name in row.split(",")}
    return [name for name in names if name not in listed]


def test_every_dependency_has_its_reason():
    """A library that nobody chose is one that nobody watches: each can read every identity we keep."""
    decisions = "\n".join(path.read_text("utf-8") for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert unexplained(required(), decisions) == []


def test_people_run_what_was_tested():
    """The development lock holds the same versions: otherwise the tests speak of another application."""
    assert locked("requirements.txt") - locked("requirements-dev.txt") == set()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_library_has_its_hash(lock):
    """Without its hash a replaced file on the way would be installed and run."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text("utf-8"))
    packages = [block for block in blocks if "==" in block.partition("\n")[0]]
    assert len(packages) > 50
    assert [block.partition("\n")[0] for block in packages if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_no_lock_says_where_to_download(lock):
    """Where libraries come from is for whoever installs to choose; an address here would override it."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("-") or "://" in line] == []


def test_a_forgotten_reason_is_seen():
    """Guards the check itself: a name inside another name, or in a sentence, is not a row of its own."""
    table = "pandas everywhere\n| `pandas-stubs`, `ruff` | why | what else |"
    assert unexplained(["pandas", "pandas-stubs", "ruff"], table) == ["pandas"]
