"""What the source tests look for: each check takes one file and returns the places that break its rule."""

import ast
import io
import re
import tokenize

from tests.architecture.source import Source, dotted, uses

DATABASE_CALLS = {"Session", "create_engine", "sessionmaker", "scoped_session", "create_async_engine"}
CLOCKS = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    *(f"pandas.Timestamp.{name}" for name in ("now", "utcnow", "today")),
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime", "asctime")),
    "datetime.date.today",
}
ASSERTING_CALLS = re.compile(r"(raises|warns|expect|fail)$|(assert|check|expect)_")
LEFT_BEHIND = re.compile(r"\b(TO[D]O|FIXM[E]|XX[X]|HAC[K])\b")
MACHINE_PATH = re.compile(r"(?<![\w.~}-])/(work|root|home|Users)/[\w.]|\b[A-Z]:\\Users")
EXPLAINED_IGNORE = re.compile(r"# type: ignore\[[\w, -]+\]\s+# \S")
BROAD = {"Exception", "BaseException"}


def unguarded_page(source: Source) -> list[str]:
    """A page whose first statement is not `actor = guard.require(Permission.X)`."""
    body = source.tree.body
    start = 1 if ast.get_docstring(source.tree) is not None else 0
    rest = [node for node in body[start:] if not isinstance(node, ast.Import | ast.ImportFrom)]
    if rest and _is_guard(rest[0]):
        return []
    place: ast.AST | int = rest[0] if rest else 1
    return [source.at(place, "a page begins with `actor = guard.require(Permission.X)`")]


def _is_guard(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Assign)
        and [dotted(target) for target in node.targets] == ["actor"]
        and isinstance(node.value, ast.Call)
        and dotted(node.value.func) == "guard.require"
        and [dotted(argument).rpartition(".")[0] for argument in node.value.args] == ["Permission"]
        and not node.value.keywords
    )


def page_outside_a_folder(source: Source) -> list[str]:
    """A script that Streamlit would serve by itself, past Home.py and its sign-in."""
    straight = source.path.startswith("pages/") and source.path.count("/") == 1
    return [source.at(1, "a page lives in a sub-folder of pages/")] if straight else []


def database_words(source: Source) -> list[str]:
    """Sessions, engines and commits made by hand."""
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    named = [(call, dotted(call.func) or getattr(call.func, "attr", "")) for call in calls]
    return [
        source.at(call, f"`{name}(` belongs to lib.db")
        for call, name in named
        if name.rpartition(".")[2] in DATABASE_CALLS | {"commit"} or name == "psycopg.connect"
    ]


def clock_reads(source: Source) -> list[str]:
    """The time asked of the system, called or handed over as a function."""
    return [source.at(node, f"`{name}`: ask lib.clock") for node, name in uses(source) if name in CLOCKS]


def shared_caches(source: Source) -> list[str]:
    """Streamlit's caches: `cache_data` anywhere, `cache_resource` outside lib/ui."""
    forbidden = {"streamlit.cache_data"} | (
        set() if source.within("lib/ui") else {"streamlit.cache_resource"}
    )
    return [
        source.at(node, f"`{name}` is shared between people")
        for node, name in uses(source)
        if name in forbidden
    ]


def swallowed_errors(source: Source) -> list[str]:
    """A bare `except:`, a handler that does nothing, `suppress(Exception)`."""
    reasons = ((node, _swallows(node)) for node in ast.walk(source.tree))
    return [source.at(node, reason) for node, reason in reasons if reason]


def _swallows(node: ast.AST) -> str:
    if isinstance(node, ast.ExceptHandler):
        if node.type is None:
            return "a bare `except:` also catches Ctrl-C"
        silent = (ast.Pass, ast.Continue) if dotted(node.type) in BROAD else ast.Pass
        if all(isinstance(line, silent) or _is_constant(line) for line in node.body):
            return "this handler hides the error: say so with contextlib.suppress(Precise)"
    if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] == "suppress":
        return "suppress() names the precise error" if BROAD & set(map(dotted, node.args)) else ""
    return ""


def _is_constant(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def missing_docstring(source: Source) -> list[str]:
    """A module with code that does not say what it is for."""
    silent = bool(source.tree.body) and not ast.get_docstring(source.tree)
    return [source.at(1, "a module begins with one sentence: what it is for")] if silent else []


def bare_ignores(source: Source) -> list[str]:
    """`type: ignore` without the error's code and, in a second comment, the reason."""
    tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
    comments = [
        token for token in tokens if token.type == tokenize.COMMENT and "type: ignore" in token.string
    ]
    wanted = "# type: ignore[code]  # reason"
    return [
        source.at(c.start[0], f"write `{wanted}`") for c in comments if not EXPLAINED_IGNORE.match(c.string)
    ]


def left_behind(source: Source) -> list[str]:
    """Notes to oneself that outlive the change they were written for."""
    return _lines(source, LEFT_BEHIND, "finish it or open an issue")


def machine_paths(source: Source) -> list[str]:
    """Folders that exist on one computer only."""
    return _lines(source, MACHINE_PATH, "a path of one machine")


def _lines(source: Source, pattern: re.Pattern[str], message: str) -> list[str]:
    lines = enumerate(source.text.splitlines(), start=1)
    return [source.at(number, message) for number, line in lines if pattern.search(line)]


def empty_tests(source: Source) -> list[str]:
    """Tests that assert nothing, or nothing but that something is there."""
    functions = [n for n in ast.walk(source.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    proving = {function.name for function in functions if _proves(function, set())}
    tests = [function for function in functions if function.name.startswith("test")]
    return [
        source.at(test, f"{test.name} would pass on anything") for test in tests if not _proves(test, proving)
    ]


def _proves(function: ast.AST, proving: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and not _says_nothing(node.test):
            return True
        if isinstance(node, ast.Call):
            name = dotted(node.func).rpartition(".")[2] or getattr(node.func, "attr", "")
            if ASSERTING_CALLS.match(name) or name in proving:
                return True
    return False


def _says_nothing(test: ast.expr) -> bool:
    presence = (
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], ast.IsNot)
        and isinstance(test.comparators[0], ast.Constant)
        and test.comparators[0].value is None
    )
    return presence or isinstance(test, ast.Constant)
