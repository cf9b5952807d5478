"""English pages: no French text of the catalogue is left on any of them."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from lib.access import GRANTS, Role
from lib.i18n import use_language
from lib.i18n.catalogue import ENGLISH, translations
from lib.i18n.typography import typeset
from lib.ui.navigation import ENTRIES
from tests.pages.conftest import OpenPage

SHORT = 5


def shape(french: str) -> str:
    """The text as an expression, with anything where its {placeholders} are."""
    parts = Formatter().parse(typeset(french))
    return "".join(re.escape(words) + ("" if name is None else ".+?") for words, name, _, _ in parts)


def telling(french: str) -> bool:
    """Whether it can be recognised: « {answer} le {on} » could also be a name."""
    fixed = "".join(words for words, *_rest in Formatter().parse(french))
    return "{" not in french or len(fixed) > SHORT


def french_texts() -> re.Pattern[str]:
    known = translations(ENGLISH)
    as_english = {*known.values()}
    french = [
        one for one, english in known.items() if english != one and one not in as_english and telling(one)
    ]
    return re.compile("|".join(map(shape, french)), re.DOTALL)


FRENCH = french_texts()
FRENCH_SPACES = re.compile(r"\s[:;?!](\s|$)|«|»")
TAG = re.compile(r"<style>.*?</style>|<script>.*?</script>|<[^<>]+>", re.DOTALL)


def words_of(value: Any) -> Iterator[str]:
    """Every text inside of what was sent to the browser; a chart is sent as JSON."""
    if isinstance(value, str):
        try:
            inner = json.loads(value) if value.startswith(("{", "[")) else None
        except ValueError:
            inner = None
        yield from words_of(inner) if inner is not None else [value]
    elif hasattr(value, "ListFields"):
        for _field, part in value.ListFields():
            yield from words_of(part)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from words_of(key)
            yield from words_of(part)
    elif hasattr(value, "__iter__") and not isinstance(value, bytes):
        for part in value:
            yield from words_of(part)


def shown(app: AppTest) -> set[str]:
    """What the page says: labels, texts, options, charts, and the cells of its tables."""
    found: set[str] = set()
    for element in app:
        found |= set(words_of(getattr(element, "proto", None)))
    for table in [*app.table, *app.dataframe]:
        found |= {str(name) for name in table.value.columns}
        found |= {cell for cell in table.value.to_numpy().flatten() if isinstance(cell, str)}
    return found


def lines(app: AppTest) -> set[str]:
    """The same, line by line, and without the tags of HTML."""
    said = "\n".join(shown(app))
    return {html.unescape(line).strip() for line in TAG.sub("\n", said).splitlines()}


def left_in_french(app: AppTest) -> list[str]:
    return sorted(line for line in lines(app) if FRENCH.fullmatch(line) or FRENCH_SPACES.search(line))


def pages_of(
    app: AppTest, role: Role, details: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, AppTest]]:
    yield "", app
    for entry in ENTRIES:
        if entry.permission in GRANTS[role]:
            app.switch_page(entry.script)
            for name, value in details.get(entry.script, {}).items():
                app.query_params[name] = value
            yield entry.script, app.run()


@pytest.fixture(autouse=True)
def reader_speaks_english() -> Iterator[None]:
    """AppTest names the options of a field by itself, in the thread of the test."""
    with use_language("en"):
        yield


@pytest.fixture
def details(demo: object, owner: Engine) -> dict[str, dict[str, str]]:
    """The addresses of one person and of one site, both of the site that the tests' referent belongs to."""
    with owner.connect() as connection:
        code = connection.scalar(
            text("select code from pilot.beneficiary where site_id = 1 order by 1 limit 1")
        )
    return {"pages/people/person.py": {"code": str(code)}, "pages/sites/site.py": {"site": "1"}}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SITE_REFERENT, Role.ADMIN])
def test_no_french_on_english_pages(
    details: dict[str, dict[str, str]], open_page: OpenPage, role: Role
) -> None:
    app = open_page(role, language="en")
    for page, seen in pages_of(app, role, details):
        assert not seen.exception, page
        assert left_in_french(seen) == [], page


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SITE_REFERENT, Role.ADMIN])
def test_no_french_before_anything_is_there(database: object, open_page: OpenPage, role: Role) -> None:
    app = open_page(role, language="en")
    for page, seen in pages_of(app, role, {}):
        assert left_in_french(seen) == [], page


def test_french_pages_are_recognised_as_french(database: object, open_page: OpenPage) -> None:
    """What the tests above look for can be found."""
    app = open_page(Role.ADMIN, "pages/administration/accounts.py")
    assert len(left_in_french(app)) > 10
