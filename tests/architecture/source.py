"""The project's own files, as the source tests read them: parsed once, named by their path in the project."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("lib", "pages", "tests", "data", "docs", "scripts", ".ci", ".streamlit")
TEXT_SUFFIXES = {
    ".py",
    ".sql",
    ".md",
    ".toml",
    ".sh",
    ".po",
    ".json",
    ".yaml",
    ".yml",
    ".css",
    ".html",
    ".mako",
    "",
}
SECRETS = "secrets.toml"


@dataclass(frozen=True)
class Source:
    """One text file; `path` is relative to the project, with forward slashes."""

    path: str
    text: str

    def within(self, *folders: str) -> bool:
        return any(self.path == folder or self.path.startswith(f"{folder}/") for folder in folders)

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)

    def at(self, node: ast.AST | int, message: str) -> str:
        """A finding as editors understand it: path, line, what is wrong."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return f"{self.path}:{line}: {message}"


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def text_files() -> tuple[Source, ...]:
    """Every text file of the project, locks and private settings left out."""
    top = [
        p
        for p in ROOT.iterdir()
        if p.suffix in {".py", ".md", ".toml"} or p.name in {"Makefile", ".gitignore"}
    ]
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    chosen = sorted(
        p for p in top + inside if p.is_file() and p.suffix in TEXT_SUFFIXES and p.name != SECRETS
    )
    return tuple(Source(p.relative_to(ROOT).as_posix(), p.read_text("utf-8")) for p in chosen)


def python_files(*folders: str) -> list[Source]:
    """The Python files under these folders or of these names; all of them when none is named."""
    python = [source for source in text_files() if source.path.endswith(".py")]
    return [source for source in python if source.within(*folders)] if folders else python


def application() -> list[Source]:
    """What runs in front of people: the library, the pages, the entry, and the demo and migrations beside."""
    return python_files("lib", "pages", "data", "Home.py")


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a name or a chain of attributes, an empty text for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""


def imported_names(tree: ast.Module) -> dict[str, str]:
    """What each imported local name really is, so that an alias hides nothing."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
    return names


def uses(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every name and attribute that the file reads or calls, by its full name."""
    names = imported_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute) and (written := dotted(node)):
            first, _, rest = written.partition(".")
            known = names.get(first, first)
            yield node, f"{known}.{rest}" if rest else known


def imported_modules(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every module that the file imports; `from a import b` counts as `a.b`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module or '.'}.{alias.name}") for alias in node.names)
