"""The command line on a server of its own folder, started and stopped like an installation's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lib.config import Settings, load, settings
from lib.db.engine import use_engine


@pytest.fixture
def installed(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Settings]]:
    """Settings of an installation in the test's folder, for the code and for the commands it runs."""
    for folder in (home, home.parent, home.parent.parent, home.parent.parent.parent):
        folder.chmod(
            0o755
        )  # as root the embedded server runs as nobody, and pytest makes its folders private
    former = use_engine(None)

    def make(**environment: str) -> Settings:
        monkeypatch.setenv("PILOTE_HOME", str(home))
        for name in (
            "DATABASE_URL",
            "MIGRATION_URL",
            "PILOTE_IDENTITY_KEYS",
            "PILOTE_PUBLIC_URL",
            "PILOTE_DEMO",
        ):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        _leave()
        return load({"PILOTE_HOME": str(home), **environment}, {})

    yield make
    _leave()
    use_engine(former)
    settings.cache_clear()


def _leave() -> None:
    """Close what the last settings opened."""
    made = use_engine(None)
    if made is not None:
        made.dispose()
