"""One transaction a command, one round trip a page, and rows kept only while the data stands."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import DBAPIError

from lib.access import Actor, Role
from lib.db import Query, acting_as, read
from lib.db.reading import trips
from lib.pilot.models import Plan, PlanPoint, Region, Setting
from lib.refusal import AlreadyDone, NotAllowed


@dataclass(frozen=True)
class Named:
    name: str


def regions() -> Query[Named]:
    return Query(select(Region.name).order_by(Region.position), Named)


def setting(name: str) -> Query[object]:
    return Query(select(Setting.value).where(Setting.name == name), lambda value: value)


def add_setting(actor: Actor, name: str, value: object, nonce: str | None = None) -> None:
    with acting_as(actor, nonce) as db:
        db.add(Setting(name=name, value=value))


def add_and_fail(actor: Actor, name: str) -> None:
    with acting_as(actor) as db:
        db.add(Setting(name=name, value=1))
        db.flush()
        raise RuntimeError("in the middle")


def test_two_queries_cost_one_trip_and_none_while_nothing_was_written(
    database: object, coordinator: Actor
) -> None:
    before = trips()
    names, nothing = read(coordinator, regions(), setting("x"))
    again, _ = read(coordinator, regions(), setting("x"))

    assert len(names) == 18
    assert nothing == []
    assert again == names
    assert trips() - before == 1


def test_a_write_shows_in_the_next_read(database: object, coordinator: Actor) -> None:
    read(coordinator, setting("x"))
    add_setting(coordinator, "x", 3)

    assert read(coordinator, setting("x")) == ([3],)


def test_an_in_clause_is_bound_and_kept_apart(database: object, coordinator: Actor) -> None:
    def some(*codes: str) -> Query[Named]:
        return Query(select(Region.name).where(Region.code.in_(codes)).order_by(Region.name), Named)

    (two,) = read(coordinator, some("11", "84"))
    (one,) = read(coordinator, some("11"))

    assert [row.name for row in two] == ["Auvergne-Rhône-Alpes", "Île-de-France"]
    assert [row.name for row in one] == ["Île-de-France"]


def test_a_failed_command_leaves_nothing(database: object, coordinator: Actor) -> None:
    with pytest.raises(RuntimeError):
        add_and_fail(coordinator, "half")

    assert read(coordinator, setting("half")) == ([],)


def test_the_same_submission_twice_is_done_once(database: object, coordinator: Actor) -> None:
    nonce = str(uuid4())
    add_setting(coordinator, "once", 1, nonce)

    with pytest.raises(AlreadyDone):
        add_setting(coordinator, "twice", 1, nonce)
    assert read(coordinator, setting("twice")) == ([],)


def test_the_revision_grows_once_per_transaction(database: object, owner: Engine, coordinator: Actor) -> None:
    def revision() -> int:
        with owner.connect() as connection:
            return int(connection.scalar(text("select n from pilot.revision")) or 0)

    before = revision()
    with acting_as(coordinator) as db:
        db.add(Setting(name="a", value=1))
        db.flush()
        db.add(Setting(name="b", value=1))
        db.flush()
        db.execute(update(Setting).where(Setting.name == "a").values(value=2))
    with pytest.raises(RuntimeError):
        add_and_fail(coordinator, "c")

    assert revision() == before + 1


def test_a_change_leaves_its_trail(database: object, owner: Engine, coordinator: Actor) -> None:
    add_setting(coordinator, "seen", 1)
    with acting_as(coordinator) as db:
        db.execute(update(Setting).where(Setting.name == "seen").values(value=2))

    with owner.connect() as connection:
        rows = connection.execute(
            text(
                "select verb, account_id, before, after from audit.change where row_key = 'seen' order by id"
            )
        ).all()
    assert [tuple(row) for row in rows] == [
        ("insert", 1, None, {"name": "seen", "value": 1}),
        ("update", 1, {"name": "seen", "value": 1}, {"name": "seen", "value": 2}),
    ]


def test_a_plan_is_never_rewritten(database: object, owner: Engine, coordinator: Actor) -> None:
    with acting_as(coordinator) as db:
        db.add(Plan(made_by=coordinator.account_id, reason="premier plan"))

    with pytest.raises(DBAPIError, match="only added to"), owner.begin() as connection:
        connection.execute(text("update pilot.plan set reason = 'autre'"))
    assert read(coordinator, Query(select(func.count()).select_from(PlanPoint), int)) == ([0],)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.EVALUATOR, Role.ADMIN])
def test_others_may_not_plan(database: object, acting: Callable[..., Actor], role: Role) -> None:
    with pytest.raises(NotAllowed), acting_as(acting(role)) as db:
        db.add(Plan(made_by=1, reason="essai"))


def test_partners_read_no_study_data(database: object, acting: Callable[..., Actor]) -> None:
    with pytest.raises(NotAllowed):
        read(acting(Role.PARTNER, scope_id=1), regions())
