"""The schema's own rules, in the spirit of the checks that database hosts run: each finds what breaks one."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import URL

from tests.policies.conftest import plain
from tests.policies.matrix import SCHEMAS

OWN = "n.nspname = any(%(schemas)s)"
TABLE = (
    f"from pg_class c join pg_namespace n on n.oid = c.relnamespace where {OWN} and c.relkind in ('r', 'p')"
)
NOT_ALEMBIC = "and c.relname <> 'alembic_version'"
FUNCTION = f"from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {OWN}"

FINDINGS = {
    "row-level security is on, also for the owner": f"""
        select c.oid::regclass {TABLE} {NOT_ALEMBIC} and not (c.relrowsecurity and c.relforcerowsecurity)""",
    "the table of versions has row-level security": f"select c.oid::regclass {TABLE} and not c.relrowsecurity",
    "each table has a policy": f"""
        select c.oid::regclass {TABLE} and not exists (select from pg_policy p where p.polrelid = c.oid)""",
    "each table has the floor that asks for somebody": f"""
        select c.oid::regclass {TABLE} {NOT_ALEMBIC} and not exists (
            select from pg_policy p
            where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*' and p.polroles = '{{0}}'
                and pg_get_expr(p.polqual, p.polrelid) like '%%access.uid()%%'
                and pg_get_expr(p.polwithcheck, p.polrelid) like '%%access.uid()%%'
        )""",
    "each foreign key has an index that begins with it": f"""
        select k.conrelid::regclass, k.conname
        from pg_constraint k
        join pg_namespace n on n.oid = k.connamespace
        where {OWN} and k.contype = 'f' and not exists (
            select from pg_index i
            where i.indrelid = k.conrelid and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
        )""",
    "each function has its own search path": f"""
        select p.oid::regprocedure {FUNCTION} and p.prokind = 'f'
        and not coalesce(p.proconfig @> array['search_path=""'], false)""",
    "nothing may be run by everybody": f"""
        select p.oid::regprocedure {FUNCTION} and (p.proacl is null or exists (
            select from aclexplode(p.proacl) a where a.grantee = 0))""",
    "nothing may be read by everybody": f"""
        select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OWN} and exists (select from aclexplode(c.relacl) a where a.grantee = 0)""",
    "policies ask who acts once per statement": """
        select p.tablename, p.policyname from pg_policies p
        where p.schemaname = any(%(schemas)s) and regexp_replace(
            coalesce(p.qual, '') || coalesce(p.with_check, ''), '\\( SELECT access\\.[a-z_]+\\(\\)', '', 'g'
        ) ~ 'access\\.[a-z_]+\\('""",
    "views hold their conditions": f"""
        select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OWN} and c.relkind = 'v'
            and not coalesce(c.reloptions && array['security_barrier=true', 'security_invoker=true'], false)""",
    "nothing is in the schema that hosts expose": """
        select c.oid::regclass::text from pg_class c where c.relnamespace = 'public'::regnamespace
        union all
        select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace""",
    "everything belongs to the owner role": f"""
        select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OWN} {NOT_ALEMBIC} and c.relkind in ('r', 'v', 'p')
            and pg_get_userbyid(c.relowner) <> 'pilote_owner'""",
    "functions belong to the owner role": f"""
        select p.oid::regprocedure {FUNCTION} and pg_get_userbyid(p.proowner) <> 'pilote_owner'""",
    "no role of ours is above the policies": """
        select rolname from pg_roles
        where rolname like 'pilote%%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)""",
    "only the application signs in, and inherits nothing": """
        select rolname from pg_roles
        where rolname like 'pilote%%' and (rolcanlogin <> (rolname = 'pilote_app') or
            (rolname = 'pilote_app' and rolinherit))""",
    "no index repeats another": f"""
        select c.relname, array_agg(i.indexrelid::regclass) from pg_index i
        join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        where {OWN}
        group by c.relname, i.indrelid, i.indkey, i.indclass, i.indcollation, i.indpred::text, i.indexprs::text
        having count(*) > 1""",
}


@pytest.mark.parametrize("rule", FINDINGS)
def test_the_schema_keeps_its_rules(seeded: URL, rule: str) -> None:
    with psycopg.connect(plain(seeded)) as connection:
        found: list[tuple[Any, ...]] = connection.execute(
            FINDINGS[rule].encode(), {"schemas": SCHEMAS}
        ).fetchall()
    assert found == [], rule


@pytest.mark.parametrize(
    ("rule", "break_it"),
    [
        ("row-level security is on, also for the owner", "create table pilot.bare (id int)"),
        ("each table has a policy", "create table pilot.bare (id int)"),
        ("each table has the floor that asks for somebody", 'drop policy "somebody acts" on pilot.site'),
        (
            "each foreign key has an index that begins with it",
            "drop index pilot.ix_site_event_site_id_effective_on",
        ),
        (
            "each function has its own search path",
            "create function pilot.f() returns int language sql as 'select 1'",
        ),
        (
            "nothing may be run by everybody",
            "create function pilot.f() returns int language sql as 'select 1'",
        ),
        ("nothing may be read by everybody", "grant select on pilot.site to public"),
        (
            "policies ask who acts once per statement",
            "create policy p on pilot.site using (access.uid() = 1)",
        ),
        ("views hold their conditions", "create view pilot.v as select 1 as one"),
        ("nothing is in the schema that hosts expose", "create table public.bare (id int)"),
        ("everything belongs to the owner role", "create table pilot.bare (id int)"),
        ("no index repeats another", "create index again on vault.trace (digest)"),
    ],
)
def test_each_rule_can_fail(seeded: URL, rule: str, break_it: str) -> None:

    with psycopg.connect(plain(seeded)) as connection:
        connection.execute(break_it.encode())
        found = connection.execute(FINDINGS[rule].encode(), {"schemas": SCHEMAS}).fetchall()
        connection.rollback()
    assert found != [], rule
