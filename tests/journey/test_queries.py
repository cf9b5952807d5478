"""The list: pages that follow one another without a gap, filters, and who sees what."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.journey.commands import NewPerson, Written, write_people
from lib.journey.queries import (
    COUNTED,
    Cursor,
    PeopleFilter,
    PersonRow,
    count_people,
    oriented_months,
    people,
)
from lib.journey.rules import Channel, State, Step, Wave

START = date(2026, 3, 2)
PAGE = 7


@pytest.fixture
def crowd(sites: dict[str, int], coordinator: Actor) -> list[Written]:
    """Forty people over forty days, several a day, from two sites."""
    ours = [sites["CH du Parc"], sites["CHU Les Tilleuls"]]
    group = [
        NewPerson(
            site_id=ours[n % 2],
            referred_on=START + timedelta(days=n // 3 * 3),
            wave=Wave.MAIN if n >= 30 else Wave.TEST,
            channel=Channel.NURSE if n % 5 == 0 else None,
            steps=[Step(State.SCREENING, START + timedelta(days=50))] if n % 4 == 0 else [],
        )
        for n in range(40)
    ]
    with acting_as(coordinator) as db:
        return write_people(db, coordinator, group, None)


def pages(actor: Actor, asked: PeopleFilter) -> Iterator[list[PersonRow]]:
    after: Cursor | None = None
    while True:
        (rows,) = read(actor, people(actor, asked, after, PAGE))
        yield rows[:PAGE]
        if len(rows) <= PAGE:
            return
        after = Cursor.read(str(rows[PAGE - 1].cursor))


def test_the_pages_follow_one_another_without_gap_or_repeat(crowd: list[Written], coordinator: Actor) -> None:
    rows = [row for page in pages(coordinator, PeopleFilter()) for row in page]

    assert sorted(row.code for row in rows) == sorted(made.code for made in crowd)
    assert rows == sorted(rows, key=lambda row: (row.referred_on, row.id), reverse=True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (PeopleFilter(state=State.SCREENING), 10),
        (PeopleFilter(wave=Wave.MAIN), 10),
        (PeopleFilter(channel=Channel.NURSE), 8),
        (PeopleFilter(region="84"), 20),
        (PeopleFilter(region="11", state=State.SCREENING), 10),
        (PeopleFilter(region="84", state=State.SCREENING), 0),
        (PeopleFilter(until=date(2026, 3, 1)), 30),
        (PeopleFilter(since=date(2026, 4, 1)), 10),
        (PeopleFilter(words="BC-"), 40),
        (PeopleFilter(words="%"), 0),
    ],
)
def test_filters(crowd: list[Written], coordinator: Actor, asked: PeopleFilter, expected: int) -> None:
    rows, (count,) = read(
        coordinator, people(coordinator, asked, limit=100), count_people(coordinator, asked)
    )

    assert (len(rows), count) == (expected, expected)


def test_a_person_is_found_by_code_or_its_beginning(crowd: list[Written], coordinator: Actor) -> None:
    code = crowd[0].code
    (whole,) = read(coordinator, people(coordinator, PeopleFilter(words=code.lower().replace("-", " "))))
    (beginning,) = read(coordinator, people(coordinator, PeopleFilter(words=code[3:5])))

    assert [row.code for row in whole] == [code]
    assert code in [row.code for row in beginning]


def test_a_referent_sees_their_own_site_whatever_is_asked(
    crowd: list[Written], sites: dict[str, int], acting: Callable[..., Actor]
) -> None:
    referent = acting(Role.SITE_REFERENT, scope_id=sites["CH du Parc"])
    (rows,) = read(referent, people(referent, PeopleFilter(site_id=sites["CHU Les Tilleuls"]), limit=100))

    assert {row.site for row in rows} == {"CH du Parc"}
    assert len(rows) == 20


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ADMIN])
def test_others_see_nobody(crowd: list[Written], acting: Callable[..., Actor], role: Role) -> None:
    actor = acting(role)

    assert read(actor, people(actor, PeopleFilter()), count_people(actor, PeopleFilter())) == ([], [0])


def test_counting_stops_where_it_tells_nothing_more(sites: dict[str, int], coordinator: Actor) -> None:
    group = [NewPerson(site_id=sites["CH du Parc"], referred_on=START, wave=Wave.TEST)] * (COUNTED + 50)
    with acting_as(coordinator) as db:
        write_people(db, coordinator, group, None)

    assert read(coordinator, count_people(coordinator, PeopleFilter())) == ([COUNTED + 1],)


def test_months_of_orientation_latest_first(crowd: list[Written], coordinator: Actor) -> None:
    assert read(coordinator, oriented_months()) == ([date(2026, 4, 1), date(2026, 3, 1)],)


def test_a_page_deep_in_the_list_uses_the_index(
    crowd: list[Written], coordinator: Actor, owner: Engine
) -> None:
    """Without sequential reading allowed to look cheap on few rows, the plan walks the index of the order."""
    asked = people(coordinator, PeopleFilter(), Cursor(date(2026, 3, 20), 12), PAGE)
    with owner.connect() as connection:
        connection.execute(text("set local enable_seqscan = off"))
        connection.execute(text("set local enable_sort = off"))
        sql = str(asked.statement.compile(owner, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(connection.scalars(text(f"explain {sql}".replace(":", r"\:"))))
    assert "ix_beneficiary_referred_on" in plan
    assert "Seq Scan on beneficiary" not in plan


def test_a_query_is_written_out_once_for_each_filter_and_scope(coordinator: Actor) -> None:
    """Kept queries must tell apart two referents, and a referent from who sees everybody."""
    one, other = (Actor(account_id=90 + n, name="R", role=Role.SITE_REFERENT, scope_id=n) for n in (1, 2))
    everybody = PeopleFilter()
    for kept in (people, count_people):
        assert kept(one, everybody) is kept(one, PeopleFilter())
        assert kept(other, PeopleFilter(site_id=1)) is kept(other, everybody)  # another site is not theirs
        found = [kept(actor, everybody) for actor in (coordinator, one, other)]
        assert len({query.written.key for query in found}) == 3
    assert people(one, everybody, limit=3) is not people(one, everybody)
