"""Sealing identities with keys that the database does not hold, and the keyed hashes that find duplicates.

Several keys may be in force while they are rotated: the first one seals, every one opens and finds.
"""

import base64
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import text
from sqlalchemy.orm import Session

from lib.config import settings
from lib.journey.rules import Identity, TraceKind
from lib.refusal import Refusal


class IdentityUnreadable(Refusal):
    """The key that sealed it is not here any more."""

    text = (
        "Cette identité ne peut pas être lue : la clé qui la protège n'est pas celle de cette installation. "
        "Restaurez le fichier de clés sauvegardé (ou le réglage PILOTE_IDENTITY_KEYS), puis réessayez."
    )


class IdentityExchanged(Refusal):
    """A sealed row was put under another person."""

    text = (
        "Cette identité appartient à un autre code : la base de données a été modifiée hors de l'application. "
        "Rien n'est affiché. Prévenez l'administration du pilote."
    )


class KeysUnusable(Refusal):
    """A key is missing from its setting, or is not one."""

    text = "Les clés des identités sont inutilisables ({place}). Attendu : une clé de 44 signes par ligne."


class KeysLost(Refusal):
    """The key file is gone, and identities were sealed with what it held."""

    text = (
        "Le fichier des clés des identités manque ({file}), alors que des identités sont enregistrées. "
        "Restaurez-le depuis votre sauvegarde : une nouvelle clé ne lirait pas les identités d'avant."
    )


HOLDS_IDENTITIES = text("select vault.holds_identities()")


@dataclass(frozen=True)
class Keyring:
    """The keys in force, the current one first."""

    keys: tuple[str, ...]

    def seal(self, code: str, identity: Identity) -> str:
        """The identity as a text that only these keys open; it remembers whose it is."""
        payload = json.dumps({"code": code, **asdict(identity)}, ensure_ascii=False)
        return self._box.encrypt(payload.encode()).decode()

    def unseal(self, code: str, sealed: str) -> Identity:
        """The identity sealed for this code; raises IdentityUnreadable or IdentityExchanged."""
        try:
            payload = json.loads(self._box.decrypt(sealed.encode()))
        except InvalidToken as error:
            raise IdentityUnreadable from error
        if payload.pop("code", None) != code:
            raise IdentityExchanged
        return Identity(**payload)

    def digest(self, kind: TraceKind, mark: str) -> bytes:
        """The keyed hash kept for a mark, under the current key."""
        return _hashed(self._hash_keys[0], kind, mark)

    def digests(self, marks: Mapping[TraceKind, str]) -> list[bytes]:
        """What to look for: the hash of each mark under every key, so that a rotation forgets nobody."""
        return [_hashed(key, kind, mark) for kind, mark in marks.items() for key in self._hash_keys]

    @cached_property
    def _box(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.keys])

    @cached_property
    def _hash_keys(self) -> list[bytes]:
        return [_hash_key(key) for key in self.keys]


def _hash_key(key: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pilote: traces of identities")
    return derive.derive(base64.urlsafe_b64decode(key))


def _hashed(key: bytes, kind: TraceKind, mark: str) -> bytes:
    return hmac.new(key, f"{kind.value}:{mark}".encode(), sha256).digest()


def keyring() -> Keyring:
    """The keys of this installation, read each time so that a rotation holds at once in every process."""
    given = settings().identity_keys
    if given is not None:
        return _ring(given.replace(",", " ").split(), "PILOTE_IDENTITY_KEYS")
    file = settings().key_file
    if not file.exists():
        _make(file)
    return _ring(file.read_text(encoding="ascii", errors="replace").split(), str(file))


def keyring_for(db: Session) -> Keyring:
    """The keys of this installation; the first one is made at its first need, a lost one never replaced.

    Raises KeysLost when the key file is missing and identities are recorded.
    """
    chosen = settings()
    if chosen.identity_keys is None and not chosen.key_file.exists() and db.scalar(HOLDS_IDENTITIES):
        raise KeysLost(file=chosen.key_file.name)
    return keyring()


def new_key() -> str:
    """One more key."""
    return Fernet.generate_key().decode()


def keep_keys(file: Path, keys: Iterable[str]) -> None:
    """Replace the key file, whole or not at all, readable by its owner only."""
    _written(file, keys).replace(file)


def _ring(keys: list[str], place: str) -> Keyring:
    try:
        for key in keys:
            Fernet(key)
    except ValueError as error:
        raise KeysUnusable(place=place) from error
    if not keys:
        raise KeysUnusable(place=place)
    return Keyring(tuple(keys))


def _make(file: Path) -> None:
    """The first key; of two processes that make it at once, one wins and both use it."""
    made = _written(file, [new_key()])
    try:
        os.link(made, file)
    except FileExistsError:
        return
    finally:
        made.unlink()


def _written(file: Path, keys: Iterable[str]) -> Path:
    """A new file beside the wanted one, on the disk before it gets its name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    path = file.with_name(f".{file.name}.{token_hex(4)}")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as target:
        target.write("\n".join(keys) + "\n")
        target.flush()
        os.fsync(target.fileno())
    return path
