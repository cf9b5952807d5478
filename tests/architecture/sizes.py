"""How long a file and a function may be: what fits on a screen is read, what does not is skimmed."""

import ast

from tests.architecture.source import Source

PAGE, HOME, MODULE, TEST_MODULE, FUNCTION = 80, 60, 250, 400, 30


def allowed_lines(source: Source) -> int:
    """The most lines that this file may have."""
    if source.path == "Home.py":
        return HOME
    if source.within("pages"):
        return PAGE
    return TEST_MODULE if source.within("tests") else MODULE


def long_file(source: Source) -> list[str]:
    """A file over its size; the tables of a version are told in one go."""
    if source.within("data/migrations/versions"):
        return []
    lines, allowed = len(source.text.splitlines()), allowed_lines(source)
    return [source.at(allowed, f"{lines} lines, {allowed} allowed")] if lines > allowed else []


def long_functions(source: Source) -> list[str]:
    """Functions over their size, inner ones included; tests and migrations are told in one go."""
    if source.within("tests", "data/migrations"):
        return []
    functions = [n for n in ast.walk(source.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    spans = [
        (function, (function.end_lineno or function.lineno) - function.lineno + 1) for function in functions
    ]
    return [
        source.at(function, f"{function.name}: {span} lines, {FUNCTION} allowed")
        for function, span in spans
        if span > FUNCTION
    ]
