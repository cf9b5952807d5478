"""A small invented pilot, the same for every test of a day."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL

from lib import clock
from lib.config import settings
from lib.manage.demo import fill


@pytest.fixture
def today() -> date:
    return clock.today()


@pytest.fixture
def demo(database: URL, home: Path, monkeypatch: pytest.MonkeyPatch, today: date) -> URL:
    """The test's database with the demonstration of the default size in it; keys are made in the test's folder."""
    monkeypatch.setenv("PILOTE_HOME", str(home))
    settings.cache_clear()
    fill(database, today)
    yield database
    settings.cache_clear()
