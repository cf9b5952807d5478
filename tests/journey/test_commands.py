"""Orient, decide, consent and reveal, as each role and as two people at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from lib.access import Actor, Role
from lib.db import acting_as, read
from lib.journey import queries
from lib.journey.commands import (
    PersonAlike,
    RecordConsent,
    RecordDecision,
    RevealIdentity,
    Written,
    record_consent,
    record_decision,
    reveal_identity,
)
from lib.journey.rules import (
    Answer,
    ConsentKind,
    ConsentsUnasked,
    Identity,
    NothingToWithdraw,
    Reason,
    State,
    Step,
    Wave,
    normalise,
)
from lib.pilot.models import Setting
from lib.pilot.rules import MAIN_WAVE_FROM
from lib.refusal import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from tests.journey.conftest import TODAY

Orient = Callable[..., Written]
Acting = Callable[..., Actor]
DAY = date(2026, 11, 10)
ZOE = Identity("Delaunay", "Zoé", "06 12 34 56 78", "zoe@exemple.fr")
ALL_GIVEN = dict.fromkeys(ConsentKind, Answer.GIVEN)


def decide(actor: Actor, person: Written, seq: int, step: Step) -> State:
    with acting_as(actor) as db:
        return record_decision(db, actor, RecordDecision(person.id, seq, step), TODAY)


def include(actor: Actor, person: Written) -> None:
    decide(actor, person, 1, Step(State.SCREENING, DAY))
    decide(actor, person, 2, Step(State.ELIGIBLE, DAY))
    decide(actor, person, 3, Step(State.INFORMED, DAY, note_version="v1"))
    answers = {**ALL_GIVEN, ConsentKind.RESEARCH: Answer.REFUSED}
    decide(actor, person, 4, Step(State.CONSENTED, DAY, consents=answers))


def test_orienting_gives_a_code_and_a_first_step(orient: Orient, coordinator: Actor) -> None:
    made = orient(identity=ZOE, birth_year=1980)
    (found,), (event,) = read(coordinator, queries.person(made.code), queries.events(made.code))

    assert normalise(made.code) == made.code
    assert (found.state, found.since, found.seq, found.wave) == (
        State.IDENTIFIED, date(2026, 11, 2), 1, Wave.TEST,
    )  # fmt: skip
    assert (event.seq, event.to_state) == (1, State.IDENTIFIED)


def test_from_a_set_day_on_people_belong_to_the_main_wave(orient: Orient, coordinator: Actor) -> None:
    with acting_as(coordinator) as db:
        db.add(Setting(name=MAIN_WAVE_FROM, value="2026-11-02"))
    made, before = orient(), orient(referred_on=date(2026, 11, 1))

    rows = [read(coordinator, queries.person(one.code))[0][0].wave for one in (made, before)]
    assert rows == [Wave.MAIN, Wave.TEST]


@pytest.mark.parametrize(
    ("identity", "year", "kind"),
    [
        (Identity("DELAUNAY", "zoe"), 1980, "même nom"),
        (Identity(email="Zoe@Exemple.fr"), None, "même courriel"),
        (Identity(phone="+33 6 12 34 56 78"), None, "même téléphone"),
    ],
)
def test_somebody_alike_is_warned_of_before_anything_is_saved(
    orient: Orient, owner: Engine, identity: Identity, year: int | None, kind: str
) -> None:
    first = orient(identity=ZOE, birth_year=1980)

    with pytest.raises(PersonAlike, match=kind) as warned:
        orient(identity=identity, birth_year=year)
    assert first.code in str(warned.value)
    assert orient(identity=identity, birth_year=year, confirmed=True).code != first.code


def test_a_referent_learns_of_somebody_alike_elsewhere_but_not_who(
    orient: Orient, acting: Acting, sites: dict[str, int]
) -> None:
    orient(identity=ZOE, birth_year=1980)
    referent = acting(Role.SITE_REFERENT, scope_id=sites["CH du Fleuve"])

    with pytest.raises(PersonAlike) as warned:
        orient(referent, site_id=None, identity=ZOE, birth_year=1980)
    assert "BC-" not in str(warned.value)
    assert orient(referent, site_id=None, identity=ZOE, birth_year=1980, confirmed=True).code


def test_a_referent_orients_from_their_own_site_only(
    orient: Orient, acting: Acting, sites: dict[str, int]
) -> None:
    referent = acting(Role.SITE_REFERENT, scope_id=sites["CH du Fleuve"])
    elsewhere = orient()
    here = orient(referent, site_id=None)

    with pytest.raises(NotAllowed):
        orient(referent, site_id=sites["CH du Parc"])
    (rows,) = read(referent, queries.people(referent, queries.PeopleFilter(site_id=sites["CH du Parc"])))
    assert [row.code for row in rows] == [here.code]
    assert read(referent, queries.person(elsewhere.code), queries.events(elsewhere.code)) == ([], [])


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.TRAINER, Role.ADMIN])
def test_others_neither_orient_nor_decide_nor_reveal(orient: Orient, acting: Acting, role: Role) -> None:
    made, other = orient(identity=ZOE), acting(role)

    with pytest.raises(NotAllowed):
        orient(other)
    with pytest.raises(NotAllowed):
        decide(other, made, 1, Step(State.SCREENING, DAY))
    with pytest.raises(NotAllowed), acting_as(other) as db:
        reveal_identity(db, other, RevealIdentity(made.id, "vérifier le numéro"))


@pytest.mark.parametrize(
    "facts",
    [
        {"referred_on": date(2026, 11, 24)},
        {"birth_year": 1890},
        {"site_id": None},
        {"identity": Identity(email="pas un courriel")},
    ],
)
def test_what_cannot_be_is_refused(orient: Orient, facts: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        orient(**facts)


def test_an_inclusion_step_by_step(orient: Orient, coordinator: Actor) -> None:
    made = orient()
    include(coordinator, made)

    (found,), answers = read(coordinator, queries.person(made.code), queries.consents(made.code))
    assert (found.state, found.included_on, found.informed_on) == (State.CONSENTED, DAY, DAY)
    assert {row.kind: row.answer for row in answers} == {**ALL_GIVEN, ConsentKind.RESEARCH: Answer.REFUSED}


def test_an_inclusion_asks_for_all_five(orient: Orient, coordinator: Actor) -> None:
    made = orient()
    decide(coordinator, made, 1, Step(State.SCREENING, DAY))
    decide(coordinator, made, 2, Step(State.ELIGIBLE, DAY))
    decide(coordinator, made, 3, Step(State.INFORMED, DAY, note_version="v1"))

    with pytest.raises(ConsentsUnasked):
        decide(coordinator, made, 4, Step(State.CONSENTED, DAY, consents={ConsentKind.BILAN: Answer.GIVEN}))
    assert read(coordinator, queries.consents(made.code)) == ([],)


def test_a_decision_about_an_older_state_shows_the_newer_one(
    orient: Orient, coordinator: Actor, owner: Engine
) -> None:
    with owner.begin() as connection:
        connection.execute(
            text(
                "insert into access.account (id, login, name, role) values (1, 'a', 'Alix Durand', 'coordinator')"
            )
        )
    made = orient()
    decide(coordinator, made, 1, Step(State.SCREENING, DAY))

    with pytest.raises(ChangedMeanwhile) as refused:
        decide(coordinator, made, 1, Step(State.NOT_APPROACHED, DAY, Reason.FORGOTTEN))
    assert refused.value.theirs == {
        "state": State.SCREENING, "since": DAY, "by": "Alix Durand", "seq": 2,
    }  # fmt: skip


def test_two_coordinators_on_one_person_at_once(
    orient: Orient, acting: Acting, coordinator: Actor, owner: Engine
) -> None:
    made, gate = orient(), Barrier(2)
    steps = (Step(State.SCREENING, DAY), Step(State.NOT_APPROACHED, DAY, Reason.FORGOTTEN))

    def one(place: int) -> object:
        actor = acting(account_id=place + 1)
        gate.wait(timeout=30)
        try:
            return decide(actor, made, 1, steps[place])
        except ChangedMeanwhile as refusal:
            return refusal.theirs["state"]

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(one, (0, 1)))

    (found,) = read(coordinator, queries.person(made.code))[0]
    assert said == [found.state, found.state]
    assert found.seq == 2


def test_nobody_decides_about_somebody_who_does_not_exist(sites: object, coordinator: Actor) -> None:
    with pytest.raises(NotFound):
        decide(coordinator, Written(999, "BC-2222"), 1, Step(State.SCREENING, DAY))


def test_a_consent_is_withdrawn_and_the_former_answer_stays(
    orient: Orient, coordinator: Actor, owner: Engine
) -> None:
    made = orient()
    include(coordinator, made)

    def withdraw(kind: ConsentKind) -> None:
        with acting_as(coordinator) as db:
            record_consent(db, coordinator, RecordConsent(made.id, kind, Answer.WITHDRAWN, TODAY), TODAY)

    withdraw(ConsentKind.FOLLOWUP_CONTACT)
    with pytest.raises(NothingToWithdraw):
        withdraw(ConsentKind.RESEARCH)
    (answers,) = read(coordinator, queries.consents(made.code))
    assert {row.kind: row.answer for row in answers}[ConsentKind.FOLLOWUP_CONTACT] is Answer.WITHDRAWN
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from pilot.consent")) == 6


def test_an_identity_is_shown_for_a_reason_and_logged(
    orient: Orient, coordinator: Actor, owner: Engine
) -> None:
    made = orient(identity=ZOE)

    with pytest.raises(Refusal, match="pourquoi"), acting_as(coordinator) as db:
        reveal_identity(db, coordinator, RevealIdentity(made.id, " a   b "))
    with acting_as(coordinator) as db:
        assert reveal_identity(db, coordinator, RevealIdentity(made.id, "rappeler la personne")) == ZOE
    with owner.connect() as connection:
        logged = connection.execute(text("select account_id, code, reason from audit.reveal")).all()
    assert [tuple(row) for row in logged] == [(1, made.code, "rappeler la personne")]


def test_a_row_put_under_another_person_is_noticed(orient: Orient, coordinator: Actor, owner: Engine) -> None:
    one, other = orient(identity=ZOE), orient(identity=Identity("Petit", "Ana"))
    with owner.begin() as connection:
        connection.execute(
            text(
                "update vault.identity i set sealed = j.sealed from vault.identity j "
                "where i.beneficiary_id = :one and j.beneficiary_id = :other"
            ),
            {"one": one.id, "other": other.id},
        )

    with pytest.raises(Refusal, match="appartient à un autre code"), acting_as(coordinator) as db:
        reveal_identity(db, coordinator, RevealIdentity(one.id, "rappeler la personne"))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("table", ["vault.identity", "vault.trace"])
def test_no_role_reads_the_vault(orient: Orient, acting: Acting, role: Role, table: str) -> None:
    orient(identity=ZOE, birth_year=1980)
    actor = acting(role, scope_id=1)

    with pytest.raises((NotAllowed, DBAPIError)), acting_as(actor) as db:
        db.execute(text(f"select * from {table}"))


def test_nothing_of_a_name_is_anywhere_in_the_database(
    orient: Orient, coordinator: Actor, owner: Engine
) -> None:
    made = orient(identity=ZOE, birth_year=1980)
    include(coordinator, made)
    with owner.connect() as connection:
        tables = connection.execute(
            text(
                "select format('%I.%I', schemaname, tablename) from pg_tables "
                "where schemaname in ('pilot', 'vault', 'audit', 'access', 'pub')"
            )
        ).scalars()
        rows = "".join(
            str(connection.execute(text(f"select string_agg(t::text, ' ') from {table} t")).scalar())
            for table in tables
        ).casefold()
    assert made.code.casefold() in rows
    assert not [word for word in ("delaunay", "zoé", "zoe@", "06 12 34", "0612345678") if word in rows]
