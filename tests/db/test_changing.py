"""Two people on one row: the second is told, and sees what the first one saved."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from lib.access import Actor, Role
from lib.db import acting_as
from lib.db.changing import change_row
from lib.refusal import ChangedMeanwhile, NotAllowed, NotFound
from lib.training.models import Counsellor


@pytest.fixture
def row_id(owner: Engine) -> int:
    with owner.begin() as connection:
        return int(
            connection.scalar(
                text(
                    "insert into pilot.counsellor (last_name, first_name, email, email_key) "
                    "values ('Lune', 'Ana', 'a@exemple.fr', 'a@exemple.fr') returning id"
                )
            )
            or 0
        )


def stored(owner: Engine, row_id: int) -> tuple[object, ...]:
    with owner.connect() as connection:
        found = connection.execute(
            text("select last_name, first_name, version from pilot.counsellor where id = :id"), {"id": row_id}
        ).one()
    return tuple(found)


def test_a_change_moves_the_version_on(owner: Engine, coordinator: Actor, row_id: int) -> None:
    with acting_as(coordinator) as db:
        change_row(db, Counsellor, row_id, 1, {"last_name": "Soleil"})

    assert stored(owner, row_id) == ("Soleil", "Ana", 2)


def test_the_second_person_is_told_and_sees_what_was_saved(
    owner: Engine, coordinator: Actor, row_id: int
) -> None:
    with acting_as(coordinator) as db:
        change_row(db, Counsellor, row_id, 1, {"last_name": "Soleil"})

    with pytest.raises(ChangedMeanwhile) as told, acting_as(coordinator) as db:
        change_row(db, Counsellor, row_id, 1, {"last_name": "Étoile", "first_name": "Zoé"})

    assert told.value.theirs == {"last_name": "Soleil", "first_name": "Ana", "version": 2}
    assert stored(owner, row_id) == ("Soleil", "Ana", 2)


def test_no_such_row(database: object, coordinator: Actor) -> None:
    with pytest.raises(NotFound), acting_as(coordinator) as db:
        change_row(db, Counsellor, 999, 1, {"last_name": "Soleil"})


def test_a_row_that_is_not_theirs_to_see_reads_the_same(
    owner: Engine, acting: Callable[..., Actor], row_id: int
) -> None:
    with pytest.raises(NotFound), acting_as(acting(Role.EVALUATOR)) as db:
        change_row(db, Counsellor, row_id, 1, {"last_name": "Soleil"})


def test_seen_is_not_writable(owner: Engine, acting: Callable[..., Actor], row_id: int) -> None:
    with pytest.raises(NotAllowed), acting_as(acting(Role.ADMIN)) as db:
        change_row(db, Counsellor, row_id, 1, {"last_name": "Soleil"})
    assert stored(owner, row_id) == ("Lune", "Ana", 1)
