"""Two people, or two clicks, at the same instant; records of others by guessed numbers; statements that fail."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select, text
from streamlit.testing.v1 import AppTest

from lib import config
from lib.access import Actor, Role
from lib.db import Query, acting_as, read
from lib.journey.commands import OrientPerson, RecordDecision, RevealIdentity, orient_person, record_decision
from lib.journey.commands import reveal_identity as reveal
from lib.journey.models import Beneficiary, StateEvent
from lib.journey.rules import Identity, State, Step
from lib.refusal import AlreadyDone, ChangedMeanwhile, DatabaseAway, NotAllowed, NotFound, Refusal
from lib.sites.commands import EditSite, edit_site
from lib.sites.models import Site
from tests.sites.given import facts, site_of

pytestmark = pytest.mark.fault
TODAY = date(2026, 11, 23)
CAMILLE, DOMINIQUE = Actor(1, "Camille", Role.COORDINATOR), Actor(2, "Dominique", Role.COORDINATOR)


@pytest.fixture
def person(database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Somebody oriented by site 1; there is a site 2 as well."""
    chosen = replace(config.settings(), home=tmp_path / "home", identity_keys=None)
    monkeypatch.setattr("lib.journey.commands.sealing.settings", lambda: chosen)
    first = site_of(CAMILLE, "CHU Les Tilleuls")
    site_of(CAMILLE, "CH du Fleuve")
    asked = OrientPerson(first, TODAY, identity=Identity("Quintefeuille", "Rosalie"))
    with acting_as(CAMILLE) as db:
        return orient_person(db, CAMILLE, asked, TODAY).id


def at_once(*commands: Callable[[], object]) -> list[object]:
    """Do all at the same instant; what each gave, or its refusal."""
    start = threading.Barrier(len(commands))

    def one(command: Callable[[], object]) -> object:
        start.wait(20)
        try:
            return command()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(one, commands))


def count(owner: Engine, what: object) -> int:
    with owner.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(what)) or 0)  # type: ignore[arg-type]  # a model


def test_two_decisions_about_the_same_person(person: int, owner: Engine) -> None:
    def decide(actor: Actor, to: State) -> State:
        with acting_as(actor) as db:
            return record_decision(db, actor, RecordDecision(person, 1, Step(to, TODAY)), TODAY)

    outcome = at_once(
        lambda: decide(CAMILLE, State.SCREENING),
        lambda: decide(DOMINIQUE, State.SCREENING),
    )

    refused = [one for one in outcome if isinstance(one, ChangedMeanwhile)]
    assert outcome.count(State.SCREENING) == 1
    assert len(refused) == 1
    assert refused[0].theirs["state"] is State.SCREENING
    assert refused[0].theirs["seq"] == 2
    assert count(owner, StateEvent) == 2


def test_two_corrections_of_the_same_site(person: int, owner: Engine) -> None:
    def correct(actor: Actor, city: str) -> str:
        with acting_as(actor) as db:
            edit_site(db, actor, EditSite(1, 1, facts("CHU Les Tilleuls", city=city)), TODAY)
        return city

    outcome = at_once(lambda: correct(CAMILLE, "Lyon"), lambda: correct(DOMINIQUE, "Nantes"))

    (refused,) = [one for one in outcome if isinstance(one, Refusal)]
    (saved,) = [one for one in outcome if isinstance(one, str)]
    assert isinstance(refused, ChangedMeanwhile)
    assert refused.theirs["city"] == saved
    with owner.connect() as connection:
        assert connection.scalar(select(Site.city).where(Site.id == 1)) == saved


def test_a_double_click_orients_one_person(person: int, owner: Engine) -> None:
    nonce = str(uuid4())

    def orient() -> str:
        with acting_as(CAMILLE, nonce) as db:
            return orient_person(db, CAMILLE, OrientPerson(1, TODAY, birth_year=1975), TODAY).code

    outcome = at_once(*[orient] * 4)

    assert sum(isinstance(one, str) for one in outcome) == 1
    assert sum(isinstance(one, AlreadyDone) for one in outcome) == 3
    assert count(owner, Beneficiary) == 2


def test_a_refused_click_can_be_sent_again(person: int, owner: Engine) -> None:
    """The number of a submission is used up by what was saved, never by what was refused."""
    nonce = str(uuid4())
    with pytest.raises(Refusal), acting_as(CAMILLE, nonce) as db:
        orient_person(db, CAMILLE, OrientPerson(1, date(2027, 1, 1)), TODAY)
    with acting_as(CAMILLE, nonce) as db:
        orient_person(db, CAMILLE, OrientPerson(1, TODAY), TODAY)
    assert count(owner, Beneficiary) == 2


def test_numbers_of_another_site_lead_nowhere(person: int, owner: Engine) -> None:
    other = Actor(9, "Référente du Fleuve", Role.SITE_REFERENT, 2)

    def orient() -> object:
        with acting_as(other) as db:
            return orient_person(db, other, OrientPerson(1, TODAY), TODAY)

    def decide() -> object:
        with acting_as(other) as db:
            step = Step(State.SCREENING, TODAY)
            return record_decision(db, other, RecordDecision(person, 1, step), TODAY)

    def unveil() -> object:
        with acting_as(other) as db:
            return reveal(db, other, RevealIdentity(person, "pour voir"))

    def correct() -> object:
        with acting_as(other) as db:
            return edit_site(db, other, EditSite(1, 1, facts("À moi")), TODAY)

    for attempt in (orient, decide, unveil, correct):
        with pytest.raises((NotFound, NotAllowed)):
            attempt()
    assert read(other, Query(select(Beneficiary.id), int), Query(select(StateEvent.id), int)) == ([], [])
    assert count(owner, StateEvent) == 1


def test_guessed_addresses_are_not_found_and_written_down(
    person: int, owner: Engine, open_page: Callable[..., AppTest]
) -> None:
    with owner.connect() as connection:
        code = connection.scalar(select(Beneficiary.code).where(Beneficiary.id == person))
    for role, path, query in (
        (Role.SITE_REFERENT, "pages/people/person.py", {"code": code, "scope_id": 2}),
        (Role.COORDINATOR, "pages/people/person.py", {"code": "BC-2222"}),
        (Role.COORDINATOR, "pages/sites/site.py", {"site": "987654"}),
        (Role.COORDINATOR, "pages/sites/site.py", {"site": "1 or 1=1"}),
    ):
        page = open_page(role, path, **query)
        assert ["n’existe pas" in one.value for one in page.error] == [True]
        assert str(code) not in " ".join(one.value for one in page.title)

    with owner.connect() as connection:
        told = connection.execute(text("select role, asked from audit.denial order by id")).all()
    assert [tuple(one) for one in told] == [
        ("site_referent", f"person {code}"),
        ("coordinator", "person BC-2222"),
        ("coordinator", "site 987654"),
        ("coordinator", "site 1 or 1=1"),
    ]


def test_an_error_among_several_queries_spoils_no_connection(database: object) -> None:
    wrong = Query(select(1 / func.length("")), int, keep=False)
    fine = Query(select(func.count()).select_from(Site), int, keep=False)
    for _ in range(12):  # more often than there are connections
        with pytest.raises(Exception, match="division by zero"):
            read(CAMILLE, fine, wrong, fine)
        assert read(CAMILLE, fine, fine) == ([0], [0])


def test_too_slow_is_a_sentence_and_not_asked_twice(database: object, owner: Engine) -> None:
    slow = Query(select(func.pg_sleep(30)), str, keep=False)
    with owner.connect() as connection:
        role = "alter role pilote_app in database {} set statement_timeout = '300ms'"
        connection.execute(text(role.format(f'"{owner.url.database}"')))
        connection.commit()
    with pytest.raises(DatabaseAway):
        read(CAMILLE, slow)
    with pytest.raises(DatabaseAway), acting_as(CAMILLE) as db:
        db.execute(select(func.pg_sleep(30)))
    assert read(CAMILLE, Query(select(func.count()).select_from(Site), int, keep=False)) == ([0],)
