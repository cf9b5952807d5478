"""Rotation: everything opens and is found as before, in one transaction; a lost key changes nothing."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine, text

from lib.access import Actor
from lib.config import settings
from lib.db import acting_as
from lib.journey.commands import PersonAlike, RevealIdentity, Written, keyring, reveal_identity
from lib.journey.commands.sealing import IdentityUnreadable, Keyring, keep_keys, new_key
from lib.journey.rules import Identity
from lib.manage import rotate_keys

ZOE = Identity("Delaunay", "Zoé", "0612345678", "zoe@exemple.fr")
Orient = Callable[..., Written]


@pytest.fixture
def rotate(database: URL, keys: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command, over this test's database."""
    chosen = replace(
        settings(),
        home=keys.parents[1],
        identity_keys=None,
        migration_url=database.render_as_string(hide_password=False),
    )
    monkeypatch.setattr(rotate_keys, "settings", lambda: chosen)

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        rotate_keys.add_parser(parser.add_subparsers())
        return rotate_keys.run(parser.parse_args(["rotate-keys", *words]))

    return run


def rows(owner: Engine, table: str) -> list[Any]:
    with owner.connect() as connection:
        return list(connection.execute(text(f"select * from {table} order by 1, 2")).all())


def reveal(actor: Actor, made: Written) -> Identity:
    with acting_as(actor) as db:
        return reveal_identity(db, actor, RevealIdentity(made.id, "rappeler la personne"))


def test_after_a_rotation_everything_opens_with_the_new_key_alone(
    orient: Orient, rotate: Callable[..., int], keys: Path, owner: Engine, coordinator: Actor
) -> None:
    made = orient(identity=ZOE, birth_year=1980)
    old, before = keyring(), rows(owner, "vault.trace")

    assert rotate() == 0
    assert keyring().keys[1:] == old.keys
    assert [row.digest for row in rows(owner, "vault.trace")] != [row.digest for row in before]
    (identity,) = rows(owner, "vault.identity")
    assert Keyring(keyring().keys[:1]).unseal(made.code, identity.sealed) == ZOE
    assert reveal(coordinator, made) == ZOE

    assert rotate("--forget-old") == 0
    assert len(keyring().keys) == 1
    assert reveal(coordinator, made) == ZOE


def test_duplicates_are_found_before_during_and_after(
    orient: Orient, rotate: Callable[..., int], keys: Path
) -> None:
    orient(identity=ZOE, birth_year=1980)
    keep_keys(keys, (new_key(), *keyring().keys))

    with pytest.raises(PersonAlike):
        orient(identity=ZOE, birth_year=1980)
    rotate()
    with pytest.raises(PersonAlike):
        orient(identity=ZOE, birth_year=1980)


def test_a_lost_key_stops_before_anything_is_changed(
    orient: Orient, rotate: Callable[..., int], keys: Path, owner: Engine
) -> None:
    orient(identity=ZOE, birth_year=1980)
    keep_keys(keys, (new_key(),))
    orient(identity=Identity("Petit", "Ana"), birth_year=1970)
    before = rows(owner, "vault.identity"), rows(owner, "vault.trace")

    with pytest.raises(IdentityUnreadable):
        rotate()
    assert (rows(owner, "vault.identity"), rows(owner, "vault.trace")) == before
