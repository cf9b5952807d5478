"""What each transaction begins with: one message that becomes a database role and says who acts."""

from dataclasses import dataclass

import psycopg

from lib.access import Actor, Role

STAFF, PARTNER, SIGN_IN = "pilote_staff", "pilote_partner", "pilote_signin"


@dataclass(frozen=True)
class Identity:
    """The database role to become for one transaction, and the settings that policies read."""

    database_role: str
    uid: str = ""
    role: str = ""
    scope_id: str = ""

    @property
    def scope(self) -> tuple[str, str, str]:
        """People with the same scope see the same rows, except in queries that are not kept."""
        return (self.database_role, self.role, self.scope_id)


SIGNING_IN = Identity(SIGN_IN)


def identity_of(actor: Actor) -> Identity:
    return Identity(
        database_role=PARTNER if actor.role is Role.PARTNER else STAFF,
        uid=str(actor.account_id),
        role=actor.role.value,
        scope_id="" if actor.scope_id is None else str(actor.scope_id),
    )


BECOME = (
    "select set_config('role', %s, true), set_config('pilote.uid', %s, true), "
    "set_config('pilote.role', %s, true), set_config('pilote.scope_id', %s, true)"
)


def settings_of(identity: Identity) -> tuple[str, str, str, str]:
    return (identity.database_role, identity.uid, identity.role, identity.scope_id)


def begin_as(connection: psycopg.Connection[object], identity: Identity) -> None:
    """Open a transaction as this identity, in one message (transaction poolers keep no session state)."""
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute("begin; " + BECOME, settings_of(identity))
