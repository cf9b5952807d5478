"""Adding, correcting and moving sites: what is saved, what is refused, who may."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.refusal import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from lib.sheets.bad_cells import NotAnEmail
from lib.sites.commands import (
    CreateSite,
    EditSite,
    MarkStep,
    MoveSite,
    create_site,
    edit_site,
    mark_step,
    move_site,
)
from lib.sites.queries import SiteDetail, site, site_events
from lib.sites.rules import (
    ChecklistOpen,
    DepartmentElsewhere,
    EffectiveTooEarly,
    NameMissing,
    RegionMissing,
    SiteExists,
    SiteState,
    Step,
    StepInFuture,
)
from tests.sites.given import TODAY, facts, site_of, tick_all


def shown(actor: Actor, site_id: int) -> SiteDetail:
    (found,) = read(actor, site(site_id, TODAY))
    return found[0]


def move(actor: Actor, command: MoveSite) -> None:
    with acting_as(actor) as db:
        move_site(db, actor, command, TODAY)


def test_a_new_site_is_a_prospect_with_its_first_event(database: object, coordinator: Actor) -> None:
    site_id = site_of(
        coordinator, "  CHU  Les Tilleuls ", referent_email="Ref@Exemple.FR", opening_on=date(2027, 1, 4)
    )

    found = shown(coordinator, site_id)
    (events,) = read(coordinator, site_events(site_id))

    assert (found.name, found.state, found.region, found.department) == (
        "CHU Les Tilleuls",
        SiteState.PROSPECT,
        "Île-de-France",
        "Paris",
    )
    assert found.referent_email == "ref@exemple.fr"
    assert [(event.from_state, event.to_state, event.effective_on) for event in events] == [
        (None, SiteState.PROSPECT, TODAY)
    ]


@pytest.mark.parametrize("name", ["chu les tilleuls", "CHU Les-Tilleuls", "CHU LÉS TILLEULS"])
def test_names_that_differ_by_accents_or_case_are_one(
    database: object, coordinator: Actor, name: str
) -> None:
    site_of(coordinator)
    with pytest.raises(SiteExists):
        site_of(coordinator, name)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": " – "}, NameMissing),
        ({"department_code": "69"}, DepartmentElsewhere),
        ({"department_code": None, "region_code": ""}, RegionMissing),
        ({"referent_email": "pas-un-mail@"}, NotAnEmail),
    ],
)
def test_wrong_facts_are_refused(
    database: object, coordinator: Actor, values: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        site_of(coordinator, **values)


def test_the_second_correction_is_told_and_nothing_is_lost(database: object, coordinator: Actor) -> None:
    site_id = site_of(coordinator)
    with acting_as(coordinator) as db:
        edit_site(db, coordinator, EditSite(site_id, 1, facts(target=12)), TODAY)

    with pytest.raises(ChangedMeanwhile) as told, acting_as(coordinator) as db:
        edit_site(db, coordinator, EditSite(site_id, 1, facts(target=9)), TODAY)

    assert told.value.theirs["target"] == 12
    assert shown(coordinator, site_id).target == 12


def test_a_correction_may_not_take_another_site_s_name(database: object, coordinator: Actor) -> None:
    site_of(coordinator, "CH du Parc")
    site_id = site_of(coordinator)
    with pytest.raises(SiteExists), acting_as(coordinator) as db:
        edit_site(db, coordinator, EditSite(site_id, 1, facts("ch du parc")), TODAY)


def test_the_way_to_activation(database: object, coordinator: Actor) -> None:
    site_id = site_of(coordinator, today=TODAY - timedelta(30))
    move(coordinator, MoveSite(site_id, 1, SiteState.AGREED, TODAY - timedelta(20)))
    with pytest.raises(ChecklistOpen):
        move(coordinator, MoveSite(site_id, 2, SiteState.ACTIVATED, TODAY))

    version = tick_all(coordinator, site_id, 2)
    move(coordinator, MoveSite(site_id, version, SiteState.ACTIVATED, TODAY - timedelta(10)))
    move(coordinator, MoveSite(site_id, version + 1, SiteState.PAUSED, TODAY - timedelta(3), " congés "))

    found = shown(coordinator, site_id)
    (events,) = read(coordinator, site_events(site_id))
    assert (found.state, found.open_days) == (SiteState.PAUSED, 7)
    assert [event.to_state for event in events] == [
        SiteState.PAUSED,
        SiteState.ACTIVATED,
        SiteState.AGREED,
        SiteState.PROSPECT,
    ]
    assert events[0].reason == "congés"


def test_a_refused_move_leaves_neither_state_nor_event(database: object, coordinator: Actor) -> None:
    site_id = site_of(coordinator)
    with pytest.raises(EffectiveTooEarly):
        move(coordinator, MoveSite(site_id, 1, SiteState.AGREED, TODAY - timedelta(1)))
    with pytest.raises(ChangedMeanwhile) as told:
        move(coordinator, MoveSite(site_id, 7, SiteState.AGREED, TODAY))

    (events,) = read(coordinator, site_events(site_id))
    assert told.value.theirs == {"state": SiteState.PROSPECT, "version": 1}
    assert len(events) == 1
    assert shown(coordinator, site_id).state is SiteState.PROSPECT


def test_a_step_is_not_ticked_ahead_of_time(database: object, coordinator: Actor) -> None:
    site_id = site_of(coordinator)
    ahead = MarkStep(site_id, 1, Step.STAFF_BRIEFED, TODAY + timedelta(1))
    with pytest.raises(StepInFuture), acting_as(coordinator) as db:
        mark_step(db, coordinator, ahead, TODAY)
    assert shown(coordinator, site_id).staff_briefed_on is None


def test_no_such_site(database: object, coordinator: Actor) -> None:
    with pytest.raises(NotFound):
        move(coordinator, MoveSite(999, 1, SiteState.AGREED, TODAY))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_coordination_acts_on_sites(
    database: object, acting: Callable[..., Actor], coordinator: Actor, role: Role
) -> None:
    site_id = site_of(coordinator)
    other = acting(role, scope_id=site_id)
    with pytest.raises(NotAllowed), acting_as(other) as db:
        create_site(db, other, CreateSite(facts("Autre")), TODAY)
    with pytest.raises(NotAllowed), acting_as(other) as db:
        edit_site(db, other, EditSite(site_id, 1, facts(target=1)), TODAY)
    with pytest.raises(NotAllowed), acting_as(other) as db:
        mark_step(db, other, MarkStep(site_id, 1, Step.STAFF_BRIEFED, TODAY), TODAY)
    with pytest.raises(NotAllowed), acting_as(other) as db:
        move_site(db, other, MoveSite(site_id, 1, SiteState.AGREED, TODAY), TODAY)
    assert shown(coordinator, site_id).version == 1
