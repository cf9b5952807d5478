"""Seal every identity again under the current key, and hash its traces anew: all in one transaction."""

import json
from typing import Any

import psycopg

from lib.journey.commands.sealing import Keyring
from lib.journey.rules import marks

BATCH = 1_000
# Orientations that arrive meanwhile wait until the end; reading and everything else goes on.
LOCK = "lock table vault.identity in share row exclusive mode"
SEALED = """
    select i.beneficiary_id, b.code, b.birth_year, i.sealed
    from vault.identity i
    join pilot.beneficiary b on b.id = i.beneficiary_id
    order by i.beneficiary_id
"""
RESEAL = """
    update vault.identity i
    set sealed = n.sealed, sealed_at = now()
    from json_to_recordset(%s::json) as n (beneficiary_id bigint, sealed text)
    where n.beneficiary_id = i.beneficiary_id
"""
RETRACE = """
    insert into vault.trace (beneficiary_id, kind, digest)
    select n.beneficiary_id, n.kind, decode(n.digest, 'hex')
    from json_to_recordset(%s::json) as n (beneficiary_id bigint, kind text, digest text)
    on conflict (beneficiary_id, kind) do update set digest = excluded.digest
"""


def reseal_all(connection: psycopg.Connection[Any], ring: Keyring) -> int:
    """As the owner of the tables; returns how many identities there are.

    Raises IdentityUnreadable when one of them opens with none of the keys: nothing is changed then.
    """
    connection.execute(LOCK)
    done = 0
    with connection.cursor(name="sealed") as sealed:
        sealed.itersize = BATCH
        sealed.execute(SEALED)
        while rows := sealed.fetchmany(BATCH):
            _reseal(connection, ring, rows)
            done += len(rows)
    return done


def _reseal(connection: psycopg.Connection[Any], ring: Keyring, rows: list[Any]) -> None:
    identities: list[dict[str, object]] = []
    traces: list[dict[str, object]] = []
    for number, code, birth_year, sealed in rows:
        identity = ring.unseal(code, sealed)
        identities.append({"beneficiary_id": number, "sealed": ring.seal(code, identity)})
        traces += [
            {"beneficiary_id": number, "kind": kind, "digest": ring.digest(kind, mark).hex()}
            for kind, mark in marks(identity, birth_year).items()
        ]
    connection.execute(RESEAL, [json.dumps(identities)])
    connection.execute(RETRACE, [json.dumps(traces)])
