"""Keys: made once, private, several in force; a lost one is a sentence."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from lib.config import settings
from lib.journey.commands.sealing import (
    IdentityExchanged,
    IdentityUnreadable,
    Keyring,
    KeysUnusable,
    keep_keys,
    keyring,
    new_key,
)
from lib.journey.rules import Identity, TraceKind

ZOE = Identity("Delaunay", "Zoé", "0612345678", "zoe@exemple.fr")


def test_the_first_use_makes_a_private_key(keys: Path) -> None:
    ring = keyring()

    assert keyring() == ring
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.parent.stat().st_mode) == 0o700
    assert list(keys.parent.iterdir()) == [keys]


def test_processes_that_begin_together_use_one_key(keys: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: keyring(), range(32)))

    assert len(set(rings)) == 1


def test_what_is_sealed_opens_for_its_code_only(keys: Path) -> None:
    sealed = keyring().seal("BC-7K4M", ZOE)

    assert "Delaunay" not in sealed
    assert keyring().unseal("BC-7K4M", sealed) == ZOE
    with pytest.raises(IdentityExchanged, match="Rien n'est affiché"):
        keyring().unseal("BC-2222", sealed)


def test_a_new_first_key_still_opens_and_finds_what_the_old_one_sealed(keys: Path) -> None:
    old = keyring()
    sealed, trace = old.seal("BC-7K4M", ZOE), old.digest(TraceKind.EMAIL, "zoe@exemple.fr")
    keep_keys(keys, [new_key(), *old.keys])

    assert keyring().unseal("BC-7K4M", sealed) == ZOE
    assert trace in keyring().digests({TraceKind.EMAIL: "zoe@exemple.fr"})
    assert keyring().digest(TraceKind.EMAIL, "zoe@exemple.fr") != trace


def test_a_lost_key_is_a_sentence(keys: Path) -> None:
    sealed = keyring().seal("BC-7K4M", ZOE)
    keep_keys(keys, [new_key()])

    with pytest.raises(IdentityUnreadable, match="Restaurez le fichier de clés"):
        keyring().unseal("BC-7K4M", sealed)


def test_a_trace_depends_on_its_kind_and_key() -> None:
    ring = Keyring((new_key(),))

    assert ring.digest(TraceKind.EMAIL, "x") != ring.digest(TraceKind.PHONE, "x")
    assert Keyring((new_key(),)).digest(TraceKind.EMAIL, "x") != ring.digest(TraceKind.EMAIL, "x")


def test_keys_of_the_settings_come_before_the_file(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    chosen = replace(settings(), identity_keys=f"{one}, {two}")
    monkeypatch.setattr("lib.journey.commands.sealing.settings", lambda: chosen)

    assert keyring().keys == (one, two)
    assert not keys.exists()


@pytest.mark.parametrize("content", ["", "pas une clé", "AAAA"])
def test_a_broken_key_file_is_named(keys: Path, content: str) -> None:
    keyring()
    keys.write_text(content)

    with pytest.raises(KeysUnusable, match=keys.name):
        keyring()
