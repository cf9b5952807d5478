"""What the tests of texts look for: words shown to people that did not go through the catalogue."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Source, dotted

THROUGH_CATALOGUE = {"_", "plural", "N_"}
# Streamlit's functions whose first argument people read; a container has the same ones.
SHOWING = re.compile(
    r"""
    title|header|subheader|markdown|write|caption|text|html|badge|help|metric|error|warning|info|success
    |toast|exception|spinner|status|progress|expander|popover|tabs|dialog|Page|page_link|link_button|button
    |form_submit_button|download_button|menu_button|checkbox|toggle|radio|selectbox|multiselect|slider
    |select_slider|text_input|text_area|number_input|date_input|time_input|datetime_input|file_uploader
    |camera_input|audio_input|chat_input|color_picker|pills|segmented_control|data_editor
    |(Text|Number|Date|Datetime|Time|Checkbox|Selectbox|Multiselect|Link|List|Image|Progress)?Column
    |(Bar|Line|Area)ChartColumn
    """,
    re.VERBOSE,
)
SECOND_TOO = {"metric", "page_link", "progress"}
TEXT_KEYWORDS = re.compile(
    "label|help|placeholder|title|page_title|body|captions?|alt|delta|(delta_)?description|message|empty|text"
)
ICON = re.compile(
    r":material/\w+:|:[\w-]+\[|<style>.*?</style>|</?\w[^<>]*(>|$)|\{[^{}]*\}|https?://\S+|pages/[\w/]+\.py",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_texts(source: Source) -> list[str]:
    """Literal words handed to a function that shows them."""
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    return [
        source.at(found, f"`{found.value}` is shown without going through `_`")
        for call in calls
        for argument in _shown_arguments(call)
        for found in _words(argument)
    ]


def computed_texts(source: Source) -> list[str]:
    """Texts put together before the catalogue sees them: it could never translate those."""
    return [
        source.at(
            call, f"`{name}` takes a literal with {{placeholders}}, or a name; not a text built on the way"
        )
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and (name := dotted(call.func).rpartition(".")[2]) in THROUGH_CATALOGUE
        for argument in call.args
        if isinstance(argument, ast.JoinedStr) or (isinstance(argument, ast.BinOp) and any(_words(argument)))
    ]


def _shown_arguments(call: ast.Call) -> Iterator[ast.expr]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else dotted(call.func)
    if name in THROUGH_CATALOGUE:
        return
    if SHOWING.fullmatch(name):
        yield from call.args[: 2 if name in SECOND_TOO else 1]
    yield from (
        keyword.value for keyword in call.keywords if keyword.arg and TEXT_KEYWORDS.fullmatch(keyword.arg)
    )


def _words(node: ast.expr) -> Iterator[ast.Constant]:
    """The literal words that an expression can become; what other calls are given is theirs to answer for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if WORD.search(ICON.sub(" ", node.value)):
            yield node
        return
    for part in _parts(node):
        yield from _words(part)


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case (
            ast.JoinedStr(values=parts)
            | ast.BoolOp(values=parts)
            | ast.List(elts=parts)
            | ast.Tuple(elts=parts)
        ):
            return parts
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.Dict(values=parts):
            return parts
        case ast.Call(func=ast.Attribute(value=ast.Constant() as template)):
            return [template]
    return []
