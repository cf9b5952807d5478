"""Pages that follow by themselves: what they show, not whatever was written."""

from datetime import date

from sqlalchemy import URL, Engine, text

from lib.access import Actor
from lib.db import acting_as, read
from lib.journey.commands import RecordDecision, record_decision
from lib.journey.rules import State, Step
from lib.recruitment import queries
from lib.recruitment.rules import Filters
from lib.ui import live


def revision(owner: Engine) -> int:
    with owner.connect() as connection:
        return int(connection.scalar(text("select n from pilot.revision where topic = 'all'")) or 0)


def test_only_a_write_that_the_page_shows_moves_it(
    demo: URL, owner: Engine, coordinator: Actor, today: date
) -> None:
    asked = queries.overview(Filters(), today)
    rows = read(coordinator, *asked)
    assert not live.moved(coordinator, asked, rows)

    before = revision(owner)
    with acting_as(coordinator) as db:
        db.execute(text("update pilot.site set city = 'Dole', version = version + 1 where id = 1"))
    assert revision(owner) > before
    assert not live.moved(coordinator, asked, rows)

    person = next(line for line in rows[-1] if line.state is State.ELIGIBLE)
    step = Step(State.INFORMED, today, note_version="v1")
    with acting_as(coordinator) as db:
        record_decision(db, coordinator, RecordDecision(person.id, person.seq, step), today)
    assert live.moved(coordinator, asked, rows)
    assert not live.moved(coordinator, asked, read(coordinator, *asked))
