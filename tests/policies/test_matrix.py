"""The rights of every role on every table, held by a file that is read when it changes."""

import os
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from tests.policies.conftest import plain
from tests.policies.matrix import lines

GOLDEN = Path(__file__).with_name("matrix.txt")


@pytest.mark.slow
def test_rights_are_those_that_were_decided(seeded: URL, application: psycopg.Connection[object]) -> None:
    with psycopg.connect(plain(seeded), autocommit=True) as owner:
        found = "\n".join(lines(owner, application)) + "\n"
    if os.environ.get("PILOTE_WRITE_MATRIX"):
        GOLDEN.write_text(found, encoding="utf-8")

    assert found == GOLDEN.read_text(encoding="utf-8")
