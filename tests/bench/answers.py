"""Part 4: the figures on screen are those of plain SQL on the base tables, also right after a write."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from lib import clock
from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.db.engine import APP_ROLE, make_engine, use_engine
from lib.db.reading import forget_revision
from lib.journey.commands import RecordDecision, record_decision
from lib.journey.queries import COUNTED, PeopleFilter, count_people
from lib.journey.rules import STEPS, State, Step
from lib.recruitment import queries
from lib.recruitment.rules import Filters, flow_of
from tests.bench.ground import DATABASE, Ground

COORDINATOR = Actor(account_id=1, name="Mesure", role=Role.COORDINATOR)
REACHED = (
    "with furthest as (select b.id, max(array_position(%s::text[], e.to_state)) as place "
    "from pilot.beneficiary b left join pilot.state_event e on e.beneficiary_id = b.id "
    "{where} group by b.id) select coalesce(place, 1) - 1, count(*) from furthest group by 1"
)


@dataclass(frozen=True)
class Compared:
    """One figure, as the product reads it and as the base tables have it."""

    figure: str
    when: str
    shown: Any
    plain: Any

    @property
    def equal(self) -> bool:
        return bool(self.shown == self.plain)


def _flow(ground: Ground, region: str | None) -> tuple[list[int], list[int]]:
    """People at each step of the flow: from the counts that triggers keep, and from every event."""
    (counts,) = read(COORDINATOR, queries.flow(Filters(region=region)))
    shown = [box.n for box in flow_of(counts)]
    where = "where b.state is not null"
    if region:
        where += f" and b.site_id in (select id from pilot.site where region_code = '{region}')"
    stopped = dict(ground.ask(REACHED.format(where=where), [step.value for step in STEPS]))
    plain = [sum(n for place, n in stopped.items() if place >= position) for position in range(len(STEPS))]
    return shown, plain


def _weeks(ground: Ground, _region: str | None) -> tuple[Any, Any]:
    (weeks,) = read(COORDINATOR, queries.weekly_inclusions(Filters()))
    plain = ground.ask(
        "select date_trunc('week', min(e.effective_on))::date, e.beneficiary_id from pilot.state_event e "
        "where e.to_state = 'consented' group by e.beneficiary_id"
    )
    by_week: dict[Any, int] = {}
    for monday, _person in plain:
        by_week[monday] = by_week.get(monday, 0) + 1
    return [(week.monday, week.n) for week in weeks], sorted(by_week.items())


def _tasks(ground: Ground, _region: str | None) -> tuple[Any, Any]:
    (counted,) = read(COORDINATOR, queries.task_counts(Filters(), clock.today()))
    ((informing, again),) = ground.ask(
        "select count(*) filter (where state = 'eligible'), "
        "count(*) filter (where state = 'deferred' and recontact_on <= %s) from pilot.beneficiary",
        clock.today(),
    )
    return (counted[0].to_inform, counted[0].to_recontact), (informing, again)


def _people(ground: Ground, region: str | None) -> tuple[Any, Any]:
    (counted,) = read(COORDINATOR, count_people(COORDINATOR, PeopleFilter(region=region)))
    ((plain,),) = ground.ask(
        "select count(*) from pilot.beneficiary b join pilot.site s on s.id = b.site_id "
        "where %s::text is null or s.region_code = %s",
        region,
        region,
    )
    return counted[0], min(plain, COUNTED + 1)


FIGURES: dict[str, tuple[Callable[[Ground, str | None], tuple[Any, Any]], bool]] = {
    "parcours": (_flow, False),
    "parcours d'une région": (_flow, True),
    "inclusions par semaine": (_weeks, False),
    "à faire": (_tasks, False),
    "personnes": (_people, False),
    "personnes d'une région": (_people, True),
}


def _compare(ground: Ground, when: str) -> list[Compared]:
    ((region,),) = ground.ask(
        "select region_code from pilot.site group by 1 order by count(*) desc, 1 limit 1"
    )
    found = []
    for name, (figure, filtered) in FIGURES.items():
        shown, plain = figure(ground, region if filtered else None)
        found.append(Compared(name, when, shown, plain))
    return found


def _decide(ground: Ground) -> None:
    """Move somebody one step, as a coordinator does."""
    ((person, seq),) = ground.ask("select id, seq from pilot.beneficiary where state = 'screening' limit 1")
    today = clock.today()
    with acting_as(COORDINATOR) as db:
        record_decision(db, COORDINATOR, RecordDecision(person, seq, Step(State.ELIGIBLE, today)), today)


def measure(ground: Ground) -> list[dict[str, Any]]:
    """Compared at rest, after a decision through the product, and again."""
    engine = make_engine(ground.server.url(DATABASE, APP_ROLE))
    former = use_engine(engine)
    forget_revision()
    try:
        found = _compare(ground, "au repos")
        _decide(ground)
        found += _compare(ground, "juste après une écriture")
    finally:
        use_engine(former)
        engine.dispose()
    return [asdict(one) | {"equal": one.equal} for one in found]
