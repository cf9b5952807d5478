"""What the team owes to people: counts, and the twenty who have waited longest."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, literal, select, union_all

from lib.db import Query
from lib.db.base import Code
from lib.journey.models import Beneficiary
from lib.journey.rules import WAITING, State
from lib.recruitment.queries.figures import of_place
from lib.recruitment.rules import WAITS_AFTER_DAYS, Filters
from lib.refusal import Labelled
from lib.sites.models import Site

LIST_LENGTH = 20


class Task(Labelled):
    """What the team owes to people."""

    TO_INFORM = "to_inform", "À informer"
    TO_RECONTACT = "to_recontact", "À recontacter"
    WAITING = "waiting", "En attente depuis plus de 14 jours"


@dataclass(frozen=True)
class TaskCount:
    """How many people each kind of task is about."""

    to_inform: int
    to_recontact: int
    waiting: int

    def of(self, task: Task) -> int:
        return {
            Task.TO_INFORM: self.to_inform,
            Task.TO_RECONTACT: self.to_recontact,
            Task.WAITING: self.waiting,
        }[task]


@dataclass(frozen=True)
class TaskLine:
    """One person whom the team owes a next step."""

    task: Task
    id: int
    code: str
    site: str
    state: State
    since: date
    recontact_on: date | None
    seq: int


def _people(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters, over people themselves."""
    conditions = of_place(filters, Beneficiary)
    if filters.since:
        conditions.append(Beneficiary.referred_on >= filters.since.replace(day=1))
    if filters.until:
        next_month = (filters.until.replace(day=28) + timedelta(days=4)).replace(day=1)
        conditions.append(Beneficiary.referred_on < next_month)
    return conditions


def _due(task: Task, today: date) -> ColumnElement[bool]:
    match task:
        case Task.TO_INFORM:
            return Beneficiary.state == State.ELIGIBLE
        case Task.TO_RECONTACT:
            return and_(Beneficiary.state == State.DEFERRED, Beneficiary.recontact_on <= today)
        case Task.WAITING:
            long_ago = today - timedelta(days=WAITS_AFTER_DAYS)
            return and_(Beneficiary.state.in_(sorted(WAITING)), Beneficiary.state_since < long_ago)


def task_counts(filters: Filters, today: date) -> Query[TaskCount]:
    """How many people wait for each kind of step; people who said no or left are in none of them."""
    counts = [
        select(func.count())
        .select_from(Beneficiary)
        .where(_due(task, today), *_people(filters))
        .scalar_subquery()
        for task in Task
    ]
    return Query(select(*counts), TaskCount)


def task_list(filters: Filters, today: date) -> Query[TaskLine]:
    """For each kind of task the people who have waited longest, twenty at most."""
    parts = [_longest(task, position, filters, today) for position, task in enumerate(Task)]
    united = union_all(*parts).subquery("tasks")
    statement = (
        select(
            united.c.task,
            *(united.c.id, united.c.code, Site.name, united.c.state, united.c.state_since),
            *(united.c.recontact_on, united.c.seq),
        )
        .join(Site, Site.id == united.c.site_id)
        .order_by(united.c.position, united.c.first, united.c.id)
    )
    return Query(statement, TaskLine)


def _longest(task: Task, position: int, filters: Filters, today: date) -> Select[Any]:
    """Cut before anything is joined to it: whole rows are fetched for twenty people only."""
    first = Beneficiary.recontact_on if task is Task.TO_RECONTACT else Beneficiary.state_since
    return (
        select(
            cast(literal(task.value), Code(Task)).label("task"),
            cast(literal(position), Integer).label("position"),
            first.label("first"),
            *(Beneficiary.id, Beneficiary.code, Beneficiary.site_id, Beneficiary.state),
            *(Beneficiary.state_since, Beneficiary.recontact_on, Beneficiary.seq),
        )
        .where(_due(task, today), *_people(filters))
        .order_by(first, Beneficiary.id)
        .limit(LIST_LENGTH)
        .subquery()
        .select()
    )
