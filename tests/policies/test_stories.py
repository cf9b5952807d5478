"""What each role meets behind every page: the database itself, asked as the application asks it."""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from lib.access import Actor, Role
from lib.db.identity import SIGNING_IN, Identity, identity_of
from tests.policies.conftest import NOBODY, PEOPLE, undone

Connection = psycopg.Connection[Any]
PEOPLE_DATA = (
    "pilot.beneficiary",
    "pilot.state_event",
    "pilot.consent",
    "pilot.flow_count",
    "pilot.inclusion_count",
)


def rows(connection: Connection, who: str | Identity, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with undone(connection, PEOPLE[who] if isinstance(who, str) else who):
        return connection.execute(statement.encode(), values).fetchall()


def refused(connection: Connection, who: str | Identity, statement: str, **values: Any) -> bool:
    try:
        rows(connection, who, statement + " returning 1", **values)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def hidden(connection: Connection, who: str | Identity, table: str) -> bool:
    """No privilege at all, or no row that a policy lets through."""
    try:
        return rows(connection, who, f"select 1 from {table}") == []
    except psycopg.errors.InsufficientPrivilege:
        return True


def test_a_referent_meets_their_own_site_only(application: Connection) -> None:
    for table, column in (
        ("pilot.site", "id"),
        ("pilot.site_event", "site_id"),
        ("pilot.beneficiary", "site_id"),
    ):
        assert rows(application, "site_referent", f"select {column} from {table}") == [(1,)]
    assert rows(application, "site_referent", "select beneficiary_id from pilot.state_event") == [(1,)]
    assert hidden(application, "site_referent", "pilot.consent")


def test_a_referent_orients_from_their_own_site_and_decides_nothing(application: Connection) -> None:
    orient = (
        "insert into pilot.beneficiary (code, site_id, wave, referred_on) "
        "values ('BC-4444', %(site)s, 'test', '2026-11-20')"
    )
    decide = (
        "insert into pilot.state_event (beneficiary_id, seq, from_state, to_state, effective_on, account_id) "
        "values (1, 2, 'identified', 'screening', '2026-11-20', 1)"
    )
    assert not refused(application, "site_referent", orient, site=1)
    assert refused(application, "site_referent", orient, site=2)
    assert refused(application, "site_referent", decide)
    assert not refused(application, "coordinator", decide)


def test_a_referent_is_warned_of_somebody_alike_without_learning_where(application: Connection) -> None:
    alike = "select code, kind from vault.similar(array[%(digest)s::bytea])"
    assert rows(application, "site_referent", alike, digest=b"a") == [("BC-7K4M", "name")]
    assert rows(application, "site_referent", alike, digest=b"b") == [(None, "name")]
    assert rows(application, "evaluator", alike, digest=b"a") == []


@pytest.mark.parametrize("who", ["trainer", "counsellor", "admin", "partner"])
@pytest.mark.parametrize("table", PEOPLE_DATA)
def test_those_who_do_not_work_on_paths_meet_nobody(application: Connection, who: str, table: str) -> None:
    assert hidden(application, who, table)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("table", ["vault.identity", "vault.trace", "audit.change"])
def test_nobody_reads_identities_or_the_raw_trail(application: Connection, who: str, table: str) -> None:
    assert hidden(application, who, table)


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - {"coordinator"}))
def test_an_identity_is_shown_to_coordination_only(application: Connection, who: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.DatabaseError)) as caught:
        rows(application, who, "select vault.reveal(1, 'rappel demandé')")
    assert caught.value.sqlstate in {"PB403", "42501"}


def test_an_identity_shown_is_written_down_with_its_reason(application: Connection) -> None:
    with undone(application, PEOPLE["coordinator"]):
        found = application.execute("select vault.reveal(1, 'rappel demandé')").fetchone()
        noted = application.execute(
            "select code, reason from audit.reveal order by id desc limit 1"
        ).fetchone()
    assert found == ("scellé",)
    assert noted == ("BC-7K4M", "rappel demandé")
    with pytest.raises(psycopg.DatabaseError, match="for a reason"):
        rows(application, "coordinator", "select vault.reveal(1, ' ')")


def test_an_evaluator_meets_codes_and_changes_nothing(application: Connection) -> None:
    assert rows(application, "evaluator", "select code from pilot.beneficiary order by 1") == [
        ("BC-7K4M",),
        ("BC-9N6R",),
    ]
    assert rows(application, "evaluator", "update pilot.beneficiary set wave = 'main' returning 1") == []
    assert refused(
        application,
        "evaluator",
        "insert into vault.identity (beneficiary_id, sealed) values (1, 'x')",
    )


def test_a_counsellor_meets_their_own_record_only(application: Connection) -> None:
    assert rows(application, "counsellor", "select id from pilot.counsellor") == [(1,)]
    for table in ("pilot.site", "access.account", "audit.trail", "audit.export"):
        assert hidden(application, "counsellor", table)


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - {"admin", "coordinator"}))
def test_only_those_who_read_the_trail_meet_accounts(application: Connection, who: str) -> None:
    for table in ("access.account", "access.session", "access.invitation", "access.account_event"):
        assert hidden(application, who, table)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    "secret",
    ["password_hash from access.account", "token_hash from access.session", "ticket_hash from access.session",
     "token_hash from access.invitation"],
)  # fmt: skip
def test_no_role_reads_a_hash(application: Connection, who: str, secret: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(application, who, f"select {secret}")


@pytest.mark.parametrize("who", PEOPLE)
def test_no_role_gives_itself_another(application: Connection, who: str) -> None:
    for role in ("pilote_owner", "postgres"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            rows(application, who, f"set role {role}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(application, who, "update access.account set password_hash = 'x' returning 1")


@pytest.mark.parametrize("who", [PEOPLE["partner"], SIGNING_IN, NOBODY, Identity("pilote_respondent")])
def test_without_a_role_in_the_team_no_table_answers(application: Connection, who: Identity) -> None:
    with undone(application, NOBODY):
        every = application.execute(
            "select schemaname, tablename from pg_tables where schemaname in ('pilot', 'vault', 'audit', 'access') "
            "and tablename <> 'alembic_version'"
        ).fetchall()
    assert len(every) > 20
    for schema, name in every:
        assert hidden(application, who, sql.Identifier(schema, name).as_string(application))


def test_the_login_of_the_application_is_nothing_by_itself(application: Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("select 1 from pilot.site")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("select access.uid()")


def test_a_forged_role_in_the_settings_still_needs_its_account(application: Connection) -> None:
    """Whoever adds an event signs it: the policy compares with the identity of the transaction."""
    forged = identity_of(Actor(1, "Une", Role.COORDINATOR))
    statement = (
        "insert into pilot.consent (beneficiary_id, kind, answer, effective_on, account_id) "
        "values (1, 'research', 'given', '2026-11-20', 2)"
    )
    assert refused(application, forged, statement)
