"""Every figure of the page equals plain SQL on the tables themselves, also right after a write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import URL, Engine, text

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.db.reading import trips
from lib.journey.commands import RecordDecision, record_decision
from lib.journey.rules import Answer, ConsentKind, State, Step
from lib.pilot.queries import plan_in_force
from lib.recruitment import queries
from lib.recruitment.queries import Task
from lib.recruitment.rules import Filters, balance, flow_of, reached

EVENTS = """
select count(distinct e.beneficiary_id)
from pilot.state_event e join pilot.beneficiary b on b.id = e.beneficiary_id join pilot.site s on s.id = b.site_id
where e.to_state = :state {more}
"""


@dataclass(frozen=True)
class Case:
    """Filters, and the same in plain SQL."""

    filters: Filters
    sql: str
    values: dict[str, object]


def cases(today: date) -> list[Case]:
    month = (today - timedelta(days=120)).replace(day=1)
    until = (today - timedelta(days=30)).replace(day=1)
    span = "and date_trunc('month', b.referred_on) between :since and :until"
    return [
        Case(Filters(), "", {}),
        Case(Filters(wave="test"), "and b.wave = 'test'", {}),
        Case(Filters(region="53"), "and s.region_code = '53'", {}),
        Case(Filters(site=3), "and s.id = 3", {}),
        Case(Filters(since=month, until=until), span, {"since": month, "until": until}),
        Case(Filters(wave="main", region="11"), "and b.wave = 'main' and s.region_code = '11'", {}),
    ]


def scalar(owner: Engine, statement: str, **values: object) -> Any:
    with owner.connect() as connection:
        return connection.scalar(text(statement), values)


def check_figures(owner: Engine, actor: Actor, today: date) -> None:
    for case in cases(today):
        counts, weeks, sites = read(
            actor,
            queries.flow(case.filters),
            queries.weekly_inclusions(case.filters),
            queries.sites(case.filters, today),
        )
        flow = flow_of(counts)
        included = scalar(owner, EVENTS.format(more=case.sql), state="consented", **case.values)
        oriented = scalar(owner, EVENTS.format(more=case.sql), state="identified", **case.values)
        informed = scalar(owner, EVENTS.format(more=case.sql), state="informed", **case.values)
        assert balance(flow)
        assert (flow[0].n, reached(flow, State.INFORMED), flow[-1].n) == (oriented, informed, included)
        assert sum(week.n for week in weeks) == included
        assert (sum(line.referred for line in sites), sum(line.included for line in sites)) == (
            oriented,
            included,
        )


def test_figures_equal_plain_sql_before_and_after_a_write(
    demo: URL, owner: Engine, coordinator: Actor, today: date
) -> None:
    check_figures(owner, coordinator, today)
    before = scalar(owner, "select count(*) from pilot.beneficiary where included_on is not null")
    include_somebody(owner, coordinator, today)

    check_figures(owner, coordinator, today)
    counts, weeks = read(coordinator, queries.flow(Filters()), queries.weekly_inclusions(Filters()))
    assert flow_of(counts)[-1].n == before + 1
    assert weeks[-1].monday == today - timedelta(days=today.weekday())


def include_somebody(owner: Engine, actor: Actor, today: date) -> int:
    with owner.connect() as connection:
        person, seq = connection.execute(
            text("select id, seq from pilot.beneficiary where state = 'informed' order by id limit 1")
        ).one()
    consents = dict.fromkeys(ConsentKind, Answer.GIVEN)
    with acting_as(actor) as db:
        step = Step(State.CONSENTED, today, consents=consents)
        record_decision(db, actor, RecordDecision(person, seq, step), today)
    return int(person)


def test_tasks_are_about_those_who_wait_for_us(
    demo: URL, owner: Engine, coordinator: Actor, today: date
) -> None:
    counts, lines = read(
        coordinator, queries.task_counts(Filters(), today), queries.task_list(Filters(), today)
    )
    plain = {
        Task.TO_INFORM: "state = 'eligible'",
        Task.TO_RECONTACT: "state = 'deferred' and recontact_on <= :today",
        Task.WAITING: "state in ('identified', 'screening', 'eligible', 'informed') and :today - state_since > 14",
    }
    for task, condition in plain.items():
        expected = scalar(owner, f"select count(*) from pilot.beneficiary where {condition}", today=today)
        assert counts[0].of(task) == expected > 0
        assert len([line for line in lines if line.task is task]) == min(expected, queries.LIST_LENGTH)
    assert {line.state for line in lines} <= {
        *(State.IDENTIFIED, State.SCREENING, State.ELIGIBLE, State.INFORMED, State.DEFERRED)
    }
    informed = [line.since for line in lines if line.task is Task.TO_INFORM]
    assert informed == sorted(informed)


def test_filters_narrow_the_lists_too(demo: URL, coordinator: Actor, today: date) -> None:
    month = today.replace(day=1)
    counts, lines = read(
        coordinator,
        queries.task_counts(Filters(site=1, wave="main", region="53"), today),
        queries.task_list(Filters(since=month, until=month), today),
    )
    (all_counts,) = read(coordinator, queries.task_counts(Filters(), today))
    assert counts[0].waiting < all_counts[0].waiting
    assert all(line.since >= month for line in lines)


def test_the_whole_page_costs_one_trip_and_then_none(demo: URL, coordinator: Actor, today: date) -> None:
    asked = (
        plan_in_force(),
        queries.flow(Filters()),
        queries.weekly_inclusions(Filters()),
        queries.sites(Filters(), today),
        queries.task_counts(Filters(), today),
        queries.task_list(Filters(), today),
    )
    before = trips()
    read(coordinator, *asked)
    assert trips() == before + 1
    read(coordinator, *asked)
    assert trips() == before + 1


def test_open_days_stop_while_a_site_is_paused(demo: URL, coordinator: Actor, today: date) -> None:
    (sites,) = read(coordinator, queries.sites(Filters(), today))
    days = {line.name: line.open_days for line in sites}
    assert (days["Hôpital Aurore"], days["Centre hospitalier du Vignoble"]) == (280, 147 - 63)
    assert days["Association Second Souffle"] == 245 - 98
    assert days["Hôpital du Littoral"] == 0


@pytest.mark.parametrize("role", [Role.SITE_REFERENT, Role.TRAINER, Role.COUNSELLOR, Role.ADMIN])
def test_counts_are_for_the_study_only(
    demo: URL, acting: Callable[..., Actor], today: date, role: Role
) -> None:
    actor = acting(role, scope_id=1 if role in (Role.SITE_REFERENT, Role.COUNSELLOR) else None)
    counts, weeks = read(actor, queries.flow(Filters()), queries.weekly_inclusions(Filters()))
    assert (counts, weeks) == ([], [])
