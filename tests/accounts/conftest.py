"""People who can sign in."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from lib.access import Role
from lib.accounts.commands.authenticator import hash_of

PASSWORD = "trois mots au hasard"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AddAccount = Callable[..., int]


@pytest.fixture(scope="session")
def password_hash() -> str:
    """One hash for all accounts: hashing is slow on purpose."""
    return hash_of(PASSWORD, "personne")


@pytest.fixture
def add_account(owner: Engine, password_hash: str) -> AddAccount:
    """Adds an account: `add_account("lea", Role.ADMIN, password=False, active=False)`."""

    def add(
        login: str = "lea",
        role: Role = Role.COORDINATOR,
        *,
        scope_id: int | None = None,
        password: bool = True,
        active: bool = True,
    ) -> int:
        with owner.begin() as connection:
            found = connection.scalar(
                text(
                    "insert into access.account "
                    "(login, name, role, scope_id, password_hash, password_set_at, active) "
                    "values (:login, :name, :role, :scope, :hash, case when :hash <> '' then now() end, :active) "
                    "returning id"
                ),
                {
                    "login": login,
                    "name": login.title(),
                    "role": role.value,
                    "scope": scope_id,
                    "hash": password_hash if password else None,
                    "active": active,
                },
            )
            return int(found or 0)

    return add
