"""The invented pilot: the same for one seed, lawful in every step, plausible in its figures."""

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import bcrypt
import pytest
from sqlalchemy import URL, Engine, text

from lib.access import Actor
from lib.accounts.rules import DEMO_PASSPHRASE
from lib.config import settings
from lib.db import read
from lib.journey.commands.sealing import keyring
from lib.journey.rules import State, Wave, check_step, normalise
from lib.manage.demo import NotEmpty, fill
from lib.manage.demo.cast import SITES, sites_for
from lib.manage.demo.fill import DEFAULT_PEOPLE, DEFAULT_SEED, PASSPHRASE_HASH
from lib.manage.demo.people import Person, people
from lib.pilot.queries import is_demo
from lib.sites.rules import TRANSITIONS, SiteState, check_transition

TODAY = date(2026, 11, 23)


def crowd(number: int = DEFAULT_PEOPLE, seed: int = DEFAULT_SEED, today: date = TODAY) -> list[Person]:
    return list(people(number, SITES, today, Random(seed)))


def test_one_seed_makes_one_pilot() -> None:
    assert crowd() == crowd()
    assert crowd() != crowd(seed=1)


def test_every_step_is_lawful_and_none_is_in_the_future() -> None:
    for person in crowd(3_000, 5):
        state, since = State.IDENTIFIED, person.referred_on
        for step in person.steps:
            check_step(state, since, step, TODAY)
            state, since = step.to, step.on
        assert person.referred_on <= TODAY


def test_the_figures_of_the_default_pilot_are_plausible() -> None:
    found = crowd()
    included = [one for one in found if any(step.to is State.CONSENTED for step in one.steps)]
    informed = [one for one in found if any(step.to is State.INFORMED for step in one.steps)]
    assert Counter(one.wave for one in included) == {Wave.TEST: 20, Wave.MAIN: 21}
    assert 0.35 <= len(included) / len(informed) <= 0.6


@pytest.mark.parametrize("number", [150, 10_000])
def test_the_sites_went_a_lawful_way(number: int) -> None:
    for site in sites_for(number):
        states = [state for _ago, state in site.story]
        for old, new in pairwise(states):
            assert new in TRANSITIONS[old]
        if SiteState.ACTIVATED in states:
            check_transition(SiteState.AGREED, SiteState.ACTIVATED, site.steps_done(TODAY), "")
    assert len(sites_for(number)) == (13 if number == 150 else 50)


def test_the_shared_passphrase_opens_the_accounts() -> None:
    assert bcrypt.checkpw(DEMO_PASSPHRASE.encode(), PASSPHRASE_HASH.encode())


def test_what_is_written_holds_together(
    database: URL, owner: Engine, coordinator: Actor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILOTE_HOME", str(home))
    settings.cache_clear()
    try:
        done = fill(database, TODAY, 60, 3)
        with owner.connect() as connection:
            code, sealed = connection.execute(
                text(
                    "select b.code, i.sealed from vault.identity i join pilot.beneficiary b on b.id = beneficiary_id"
                )
            ).first() or ("", "")
            authors = connection.execute(
                text("select distinct account_id, role from audit.change order by 1")
            ).all()
            counted = connection.scalar(text("select sum(n) from pilot.inclusion_count"))
            codes = connection.scalars(text("select code from pilot.beneficiary")).all()
        name = keyring().unseal(code, sealed)
        with pytest.raises(NotEmpty):
            fill(database, TODAY, 60, 3)
    finally:
        settings.cache_clear()

    included = sum(any(step.to is State.CONSENTED for step in one.steps) for one in crowd(60, 3))
    assert counted == included
    assert (done.sites, done.counsellors, done.people, done.identities) == (13, 14, 60, 60)
    assert name.last_name.endswith("-Exemple")
    assert [normalise(one) for one in codes] == list(codes)
    assert len(set(codes)) == 60
    assert (1, "coordinator") in [tuple(author) for author in authors]
    assert read(coordinator, is_demo()) == ([True],)


@pytest.mark.slow
def test_ten_thousand_people_have_no_names_and_their_own_sites(
    database: URL, owner: Engine, coordinator: Actor
) -> None:
    seen: list[int] = []
    done = fill(database, TODAY, 10_000, progress=seen.append)
    with owner.connect() as connection:
        named = connection.scalar(text("select count(*) from vault.identity"))
        new_id = connection.scalar(text("select nextval(pg_get_serial_sequence('pilot.beneficiary', 'id'))"))
    assert (done.sites, done.identities, named, seen, new_id) == (50, 0, 0, [5_000, 10_000], 10_001)
