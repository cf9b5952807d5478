"""Through a transaction pooler, connections are shared by everybody: identities must never be."""

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import URL, Engine, func, select, text

from lib.access import Actor, Role
from lib.db import Query, acting_as, embedded, read
from lib.db.engine import make_engine, use_engine
from lib.db.identity import SIGNING_IN
from lib.db.reading import forget_revision
from lib.db.wire import Statement, in_one_trip
from lib.pilot.models import Setting
from lib.refusal import AlreadyDone
from lib.sites.models import Site
from tests.faults.pooler import pgbouncer

pytestmark = pytest.mark.fault
SITES = 10


@pytest.fixture
def pooled(database: URL, server: embedded.Server, opened_base: Path) -> Iterator[Engine]:
    """The application's engine, through a pooler with five server connections."""
    folder = opened_base / f"pgbouncer-{database.database}"
    with pgbouncer(folder, server.socket, str(database.database), pool_size=5) as address:
        engine = make_engine(address)
        former = use_engine(engine)
        forget_revision()
        yield engine
        use_engine(former)
        engine.dispose()


@pytest.fixture
def people(owner: Engine) -> None:
    """Ten sites, with as many people as the number of the site."""
    with owner.begin() as connection:
        for site in range(1, SITES + 1):
            connection.execute(
                text(
                    "insert into pilot.site (id, name, name_key, kind, region_code) "
                    "values (:id, :name, :name, 'chu', '11')"
                ),
                {"id": site, "name": f"site {site}"},
            )
            connection.execute(
                text(
                    "insert into pilot.beneficiary (code, site_id, wave, referred_on) "
                    "select 'BC-' || translate(lpad((:site * 100 + n)::text, 4, '2'), '0168', 'ACDE'), "
                    ":site, 'test', date '2026-01-05' from generate_series(1, :site) n"
                ),
                {"site": site},
            )


def _seen(actor: Actor) -> list[tuple[int, int]]:
    from lib.journey.models import Beneficiary

    statement = select(Beneficiary.site_id, func.count()).group_by(Beneficiary.site_id)
    (rows,) = read(actor, Query(statement, lambda site, n: (site, n), keep=False))
    return sorted(rows)


def _expected(actor: Actor) -> list[tuple[int, int]]:
    if actor.role in {Role.COORDINATOR, Role.EVALUATOR}:
        return [(site, site) for site in range(1, SITES + 1)]
    if actor.role is Role.SITE_REFERENT and actor.scope_id is not None:
        return [(actor.scope_id, actor.scope_id)]
    return []


def _anybody(dice: random.Random, number: int) -> Actor:
    role = dice.choice([role for role in Role if role is not Role.PARTNER])
    scoped = role in {Role.SITE_REFERENT, Role.COUNSELLOR}
    return Actor(number, f"Personne {number}", role, dice.randint(1, SITES) if scoped else None)


def test_five_hundred_people_see_their_own_rows_only(pooled: Engine, people: None) -> None:
    dice = random.Random(20261123)
    actors = [_anybody(dice, number) for number in range(1, 501)]

    with ThreadPoolExecutor(20) as pool:
        seen = list(pool.map(_seen, actors))

    wrong = [actor for actor, rows in zip(actors, seen, strict=True) if rows != _expected(actor)]
    assert wrong == []


def test_nobody_is_left_on_a_shared_connection(pooled: Engine, people: None) -> None:
    with acting_as(Actor(1, "Camille", Role.COORDINATOR)) as db:
        assert db.scalar(select(func.count()).select_from(Site)) == SITES

    nobody = Statement("select coalesce(current_setting('pilote.uid', true), '')", {})
    for _ in range(10):
        assert in_one_trip(pooled, SIGNING_IN, [nobody]) == [[("",)]]
    with pytest.raises(InsufficientPrivilege):
        in_one_trip(pooled, SIGNING_IN, [Statement("select * from pilot.site", {})])


def test_writes_and_double_clicks_through_the_pooler(pooled: Engine) -> None:
    def save(number: int) -> str:
        nonce = nonces[number // 2]
        try:
            with acting_as(Actor(1, "Camille", Role.COORDINATOR), nonce) as db:
                db.add(Setting(name=f"réglage {number // 2}", value=number))
        except AlreadyDone:
            return "already"
        return "saved"

    nonces = [str(uuid4()) for _ in range(20)]
    with ThreadPoolExecutor(min(8, (os.cpu_count() or 2) * 4)) as pool:
        outcomes = list(pool.map(save, range(40)))

    assert (outcomes.count("saved"), outcomes.count("already")) == (20, 20)
