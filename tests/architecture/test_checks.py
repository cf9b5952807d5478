"""The checks on small bad pieces: each must see what it is there for, and leave the right way alone."""

import pytest

from tests.architecture import checks
from tests.architecture.source import Source

GUARD = "actor = guard.require(Permission.VIEW_SITES)\n"
HEAD = '"""Screen."""\nfrom lib.ui import guard\n'
NOTE = "TO" + "DO"
HOME = "/ho" + "me/anna/"

BAD = [
    (checks.unguarded_page, HEAD + "st.title('x')\n" + GUARD),
    (checks.unguarded_page, HEAD),
    (checks.unguarded_page, HEAD + "actor = guard.require()\n"),
    (checks.unguarded_page, HEAD + "guard.require(Permission.VIEW_SITES)\n"),
    (checks.unguarded_page, HEAD + "actor = require(Permission.VIEW_SITES)\n"),
    (checks.unguarded_page, HEAD + "if x:\n    " + GUARD),
    (checks.database_words, "db.commit()"),
    (checks.database_words, "with Session(engine) as s: s.add(x)"),
    (checks.database_words, "orm.sessionmaker(engine)"),
    (checks.database_words, "sqlalchemy.create_engine(url)"),
    (checks.database_words, "make()[0].commit()"),
    (checks.database_words, "psycopg.connect(url)"),
    (checks.clock_reads, "from datetime import datetime\ndatetime.now(UTC)"),
    (checks.clock_reads, "import datetime as dt\ndt.date.today()"),
    (checks.clock_reads, "from datetime import date as d\nd.today()"),
    (checks.clock_reads, "from time import time as seconds\nseconds()"),
    (checks.clock_reads, "import datetime\nfield(default_factory=datetime.datetime.utcnow)"),
    (checks.shared_caches, "import streamlit as st\n@st.cache_data\ndef f(): ..."),
    (checks.shared_caches, "from streamlit import cache_resource\n@cache_resource(ttl=3)\ndef f(): ..."),
    (checks.swallowed_errors, "try:\n    a()\nexcept:\n    raise"),
    (checks.swallowed_errors, "try:\n    a()\nexcept ValueError:\n    pass"),
    (checks.swallowed_errors, "try:\n    a()\nexcept Exception:\n    ..."),
    (checks.swallowed_errors, "with contextlib.suppress(Exception):\n    a()"),
    (checks.swallowed_errors, "for x in y:\n    try:\n        a()\n    except Exception:\n        continue"),
    (checks.missing_docstring, "value = 1"),
    (checks.bare_ignores, "a = 1  # type: ignore"),
    (checks.bare_ignores, "a = 1  # type: ignore[arg-type]"),
    (checks.left_behind, f"a = 1  # {NOTE}: later"),
    (checks.machine_paths, f'open("{HOME}data.csv")'),
    (checks.empty_tests, "def test_a():\n    run()"),
    (checks.empty_tests, "def test_a():\n    x = run()\n    assert x is not None"),
    (checks.empty_tests, "def test_a():\n    assert True"),
    (checks.empty_tests, "class TestA:\n    async def test_a(self):\n        run()"),
]

GOOD = [
    (checks.unguarded_page, HEAD + GUARD + "st.title('x')\n"),
    (checks.database_words, "with acting_as(actor) as db:\n    db.flush()\ndef f(db: Session): ..."),
    (checks.clock_reads, "from lib import clock\nimport time\nclock.now()\nclock.today()\ntime.monotonic()"),
    (checks.shared_caches, "from functools import cache\n@cache\ndef f(): ..."),
    (checks.swallowed_errors, "try:\n    a()\nexcept ValueError as e:\n    raise Wrong from e"),
    (checks.swallowed_errors, "with contextlib.suppress(ProcessLookupError):\n    a()"),
    (checks.swallowed_errors, "for x in y:\n    try:\n        a()\n    except OSError:\n        continue"),
    (checks.missing_docstring, ""),
    (checks.missing_docstring, '"""What it is for."""\nvalue = 1'),
    (checks.bare_ignores, "a = 1  # type: ignore[arg-type]  # the library's stub is wrong"),
    (checks.bare_ignores, 'a = "# type: ignore"'),
    (checks.left_behind, "mastodon = 'TODOS'"),
    (checks.machine_paths, "# pages/home/start.py and http://example.org/home/x"),
    (checks.empty_tests, "def test_a():\n    with pytest.raises(Refusal):\n        run()"),
    (checks.empty_tests, "def test_a(page):\n    expect(page.get_by_role('x')).to_be_visible()"),
    (checks.empty_tests, "def same(a):\n    assert a == 1\ndef test_a():\n    same(run())"),
    (checks.empty_tests, "def test_a():\n    x = run()\n    assert x is not None\n    assert x.name == 'a'"),
]


@pytest.mark.parametrize(("check", "text"), BAD)
def test_what_breaks_the_rule_is_found(check, text):
    """A check that finds nothing lets everything pass, and looks green doing so."""
    assert len(check(Source("lib/sites/x.py", text))) == 1


@pytest.mark.parametrize(("check", "text"), GOOD)
def test_the_right_way_is_left_alone(check, text):
    """A check that cries wolf gets switched off."""
    assert check(Source("lib/sites/x.py", text)) == []


def test_resources_may_be_kept_by_the_edge_only():
    """`cache_resource` holds one object for all: fine for a connection in lib/ui, nowhere else."""
    text = "import streamlit as st\n@st.cache_resource\ndef f(): ..."
    assert checks.shared_caches(Source("lib/ui/app.py", text)) == []
    assert len(checks.shared_caches(Source("pages/sites/liste.py", text))) == 1


def test_a_page_is_told_from_a_package_of_pages():
    """Both would be served: a script beside the folders, and an __init__.py that looks harmless."""
    paths = ["pages/liste.py", "pages/__init__.py", "pages/sites/liste.py"]
    assert [len(checks.page_outside_a_folder(Source(path, ""))) for path in paths] == [1, 1, 0]


def test_a_finding_leads_to_its_line():
    """An address that opens in the editor is mended; a bare sentence is searched for."""
    found = checks.clock_reads(Source("lib/sites/rules.py", "import time\n\nstart = time.time()"))
    assert found == ["lib/sites/rules.py:3: `time.time`: ask lib.clock"]
