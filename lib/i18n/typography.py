"""French typography applied to plainly typed texts: no-break spaces and true apostrophes."""

import re
from functools import lru_cache

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_RULES = re.compile(
    r"""
    (?P<keep>https?://\S+ | \{[^{}]*\} | `[^`]*` | </?\w[^<>]*>)  # never touched
    | (?P<narrow>[ ](?=[;?!](?![\[=])))                       # not the ![ of an image
    | (?P<wide>[ ](?=:(?![\w/])) | [ ](?=») | (?<=«)[ ])      # not the :word: of an icon
    | (?P<percent>(?<=[\d}])[ ](?=%))
    | (?P<euro>(?<=[\d}])[ ](?=€))
    | (?P<apostrophe>(?<=\w)'(?=[\w{«*_]))
    """,
    re.VERBOSE,
)
_MARKS = {"narrow": NARROW, "percent": NARROW, "wide": NO_BREAK, "euro": NO_BREAK, "apostrophe": "’"}


def _mark(found: re.Match[str]) -> str:
    return _MARKS.get(found.lastgroup or "", found.group())


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """The French text with the spaces and apostrophes a typesetter would have used."""
    return _RULES.sub(_mark, text)


def curl(text: str) -> str:
    """The same apostrophes for English, whose spaces need nothing."""
    return _RULES.sub(lambda found: "’" if found.lastgroup == "apostrophe" else found.group(), text)
