"""The trail in words: who changed what, before and after, and who may read which part of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from lib import clock
from lib.access import Actor, Role
from lib.audit import commands, queries
from lib.audit.queries.words import Line, lines
from lib.audit.rules import Field, Kept, Verb
from lib.db import acting_as, read
from lib.refusal import NotAllowed
from lib.sites.rules import SiteState

Rows = list[queries.ChangeRow]


@pytest.fixture
def site(owner: Engine) -> int:
    """A site, added and then activated by account 1, and a person oriented there."""
    with owner.begin() as db:
        db.execute(
            text("insert into access.account (login, name, role) values ('lea', 'Léa', 'coordinator')")
        )
        for name, value in (("uid", "1"), ("role", "coordinator")):
            db.execute(
                text("select set_config(:name, :value, true)"), {"name": f"pilote.{name}", "value": value}
            )
        found = db.scalar(
            text(
                "insert into pilot.site (name, name_key, kind, city, region_code, state) "
                "values ('Hôpital Nord', 'nord', 'chu', 'Lille', '32', 'prospect') returning id"
            )
        )
        db.execute(text("update pilot.site set state = 'agreed', opening_on = '2026-12-01', version = 2"))
        db.execute(
            text(
                "insert into pilot.beneficiary (code, site_id, wave, referred_on) "
                "values ('BC-7K4M', :site, 'test', '2026-11-02')"
            ),
            {"site": found},
        )
        return int(found or 0)


def trail(actor: Actor, **wanted: object) -> Rows:
    (found,) = read(actor, queries.changes(queries.Wanted(**wanted)))  # type: ignore[arg-type]  # named filters
    return found


def test_a_change_reads_as_before_and_after(site: int, coordinator: Actor) -> None:
    (row,) = trail(coordinator, table=Kept.SITE, verb=Verb.UPDATE)

    assert (row.name, row.table, row.key) == ("Léa", Kept.SITE, str(site))
    assert row.lines == (
        Line(Field.OPENING_ON, None, date(2026, 12, 1)),
        Line(Field.STATE, SiteState.PROSPECT, SiteState.AGREED),
    )


def test_an_addition_shows_what_was_said_and_not_what_was_left_empty(site: int, coordinator: Actor) -> None:
    (row,) = trail(coordinator, table=Kept.SITE, verb=Verb.INSERT)

    shown = {line.column: line.after for line in row.lines}
    assert shown[Field.CITY] == "Lille"
    assert Field.OPENING_ON not in shown
    assert "id" not in shown


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"account_id": 1, "table": Kept.SITE}, 2),
        ({"account_id": 99}, 0),
        ({"since": clock.today() + timedelta(days=2)}, 0),
        ({"until": clock.today() + timedelta(days=2), "table": Kept.SITE}, 2),
        ({"until": clock.today() - timedelta(days=2)}, 0),
        ({"code": "BC-7K4M"}, 1),
        ({"code": "BC-9999"}, 0),
    ],
)
def test_the_trail_is_searched(site: int, coordinator: Actor, wanted: dict[str, object], found: int) -> None:
    assert len(trail(coordinator, **wanted)) == found


def test_pages_follow_one_another(owner: Engine, coordinator: Actor) -> None:
    with owner.begin() as db:
        db.execute(
            text("insert into pilot.setting (name, value) select 'n' || n, '1' from generate_series(1, 70) n")
        )
    first = trail(coordinator, table=Kept.SETTING)
    assert len(first) == queries.PAGE + 1

    rest = trail(coordinator, table=Kept.SETTING, before=first[queries.PAGE - 1].id)
    assert [row.id for row in first[: queries.PAGE] + rest] == sorted(
        {row.id for row in first + rest}, reverse=True
    )
    assert len(rest) == 20


def test_administration_sees_who_acted_on_a_person_but_not_what(
    site: int, acting: Callable[..., Actor], coordinator: Actor
) -> None:
    (seen,) = trail(acting(Role.ADMIN), table=Kept.BENEFICIARY)
    (known,) = trail(coordinator, table=Kept.BENEFICIARY)

    assert (seen.name, seen.hidden, seen.lines) == ("Léa", True, ())
    assert not known.hidden
    assert Line(Field.CODE, None, "BC-7K4M") in known.lines


def test_coordination_does_not_see_decisions_about_accounts(site: int, coordinator: Actor) -> None:
    assert trail(coordinator, table=Kept.ACCOUNT) == []


@pytest.mark.parametrize("role", [Role.TRAINER, Role.COUNSELLOR, Role.SITE_REFERENT, Role.EVALUATOR])
def test_others_read_no_trail(site: int, acting: Callable[..., Actor], role: Role) -> None:
    actor = acting(role, scope_id=site)
    assert trail(actor) == []
    assert read(actor, queries.reveals(), queries.denials(), queries.exports()) == ([], [], [])


def test_refusals_and_exports_are_written_down_under_ones_own_name(
    database: object, acting: Callable[..., Actor]
) -> None:
    evaluator = acting(Role.EVALUATOR, account_id=7)
    with acting_as(evaluator) as db:
        commands.log_denial(db, evaluator, "site 12")
        commands.log_export(db, evaluator, "personnes", 40, ["Code", "État"])
    refusals, taken = read(acting(Role.ADMIN), queries.denials(7), queries.exports(7))

    assert [(row.role, row.asked) for row in refusals] == [(Role.EVALUATOR, "site 12")]
    assert [(row.what, row.rows, row.columns) for row in taken] == [("personnes", 40, "Code, État")]


def test_nobody_writes_in_anothers_name(database: object, acting: Callable[..., Actor]) -> None:
    with pytest.raises(NotAllowed), acting_as(acting(Role.EVALUATOR, account_id=7)) as db:
        commands.log_denial(db, acting(Role.EVALUATOR, account_id=8), "site 12")


def test_unknown_tables_and_columns_are_shown_as_they_are() -> None:
    assert lines("pilot.gone", {"odd": 1}, {"odd": 2}) == (Line("odd", 1, 2),)
    assert lines("pilot.site", {"state": "no more"}, {"state": "agreed"}) == (
        Line(Field.STATE, "no more", SiteState.AGREED),
    )
