"""Random tokens handed to browsers and people, and the fingerprint that the database keeps instead."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, in letters that survive an address and a copy."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> bytes:
    """What the database keeps: whoever reads it cannot sign in with it."""
    return hashlib.sha256(token.encode()).digest()
