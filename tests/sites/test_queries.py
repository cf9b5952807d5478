"""What each role reads of sites, and figures counted in the database as the rules count them."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Engine, text

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.refusal import NotAllowed
from lib.sites.commands import MoveSite, move_site
from lib.sites.queries import site, site_counts, site_events, site_options, sites
from lib.sites.rules import Kind, SiteState, open_days
from tests.sites.given import TODAY, site_of, tick_all


def names(actor: Actor, **filters: object) -> list[str]:
    (found,) = read(actor, sites(TODAY, **filters))  # type: ignore[arg-type]  # filters by name
    return [row.name for row in found]


@pytest.fixture
def three(database: object, coordinator: Actor) -> list[int]:
    return [
        site_of(coordinator, "Étoile", target=5),
        site_of(coordinator, "CH du Parc", kind=Kind.CH, region_code="84", department_code="69", city="Lyon"),
        site_of(coordinator, "espic Belle-Île", kind=Kind.ESPIC, region_code="53", department_code="56"),
    ]


def test_names_come_in_french_order_and_filters_cut(three: list[int], coordinator: Actor) -> None:
    assert names(coordinator) == ["CH du Parc", "espic Belle-Île", "Étoile"]
    assert names(coordinator, region="84") == ["CH du Parc"]
    assert names(coordinator, words="belle ILE") == ["espic Belle-Île"]
    assert names(coordinator, words="lyon") == ["CH du Parc"]
    assert names(coordinator, words="100%") == []
    assert names(coordinator, state=SiteState.CLOSED) == []
    assert names(coordinator, limit=2) == ["CH du Parc", "espic Belle-Île"]


def test_gaps_are_open_steps_and_a_closed_site_has_none(three: list[int], coordinator: Actor) -> None:
    tick_all(coordinator, three[0])
    with acting_as(coordinator) as db:
        closing = MoveSite(three[1], 1, SiteState.CLOSED, TODAY, "plus de service d'oncologie")
        move_site(db, coordinator, closing, TODAY)

    (rows,) = read(coordinator, sites(TODAY))
    (counts,) = read(coordinator, site_counts())

    assert {row.name: row.gaps for row in rows} == {"CH du Parc": 0, "espic Belle-Île": 4, "Étoile": 0}
    assert {count.state: (count.sites, count.target, count.gaps) for count in counts} == {
        SiteState.PROSPECT: (2, 5, 4),
        SiteState.CLOSED: (1, 0, 0),
    }


@pytest.mark.parametrize("seed", range(5))
def test_open_days_in_the_database_are_those_of_the_rules(
    owner: Engine, coordinator: Actor, seed: int
) -> None:
    random = Random(seed)
    site_id = site_of(coordinator, today=date(2026, 1, 1))
    story = [(date(2026, 1, 1), SiteState.PROSPECT)]
    with owner.begin() as connection:
        for _ in range(random.randrange(8)):
            story.append((story[-1][0] + timedelta(random.randrange(60)), random.choice(list(SiteState))))
            connection.execute(
                text(
                    "insert into pilot.site_event (site_id, to_state, effective_on, account_id) "
                    "values (:site, :state, :day, 1)"
                ),
                {"site": site_id, "state": story[-1][1].value, "day": story[-1][0]},
            )

    until = date(2026, 4, 1)
    (rows,) = read(coordinator, sites(until))
    assert rows[0].open_days == open_days(story, until)


def test_events_name_who_acted_to_those_who_may_read_accounts(
    three: list[int], owner: Engine, acting: Callable[..., Actor]
) -> None:
    with owner.begin() as connection:
        connection.execute(
            text(
                "insert into access.account (id, login, name, role, password_hash) "
                "overriding system value values (1, 'alix', 'Alix', 'coordinator', 'x')"
            )
        )
    (seen,) = read(acting(Role.COORDINATOR), site_events(three[0]))
    (without,) = read(acting(Role.EVALUATOR), site_events(three[0]))
    assert [event.by for event in seen] == ["Alix"]
    assert [event.by for event in without] == [""]


@pytest.mark.parametrize(
    ("role", "own", "count", "events"),
    [
        (Role.COORDINATOR, None, 3, 1),
        (Role.EVALUATOR, None, 3, 1),
        (Role.ADMIN, None, 3, 0),
        (Role.SITE_REFERENT, 0, 1, 1),
        (Role.SITE_REFERENT, 1, 1, 0),
        (Role.TRAINER, None, 0, 0),
        (Role.COUNSELLOR, 0, 0, 0),
    ],
)
def test_each_role_reads_its_sites(
    three: list[int], acting: Callable[..., Actor], role: Role, own: int | None, count: int, events: int
) -> None:
    actor = acting(role, scope_id=None if own is None else three[own])
    rows, options, found, told = read(
        actor, sites(TODAY), site_options(), site(three[0], TODAY), site_events(three[0])
    )
    assert (len(rows), len(options)) == (count, count)
    assert len(found) == (0 if role in (Role.TRAINER, Role.COUNSELLOR) or own == 1 else 1)
    assert len(told) == events


def test_partners_read_no_site(three: list[int], acting: Callable[..., Actor]) -> None:
    with pytest.raises(NotAllowed):
        read(acting(Role.PARTNER, scope_id=1), site_options())
