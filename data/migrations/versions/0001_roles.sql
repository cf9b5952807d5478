-- Run by the migrating user: roles, schemas, extensions. Safe to run again on a cluster that knows the roles.
do $$
declare
    wanted text;
begin
    foreach wanted in array array[
        'pilote_owner', 'pilote_staff', 'pilote_partner', 'pilote_respondent', 'pilote_signin'
    ]
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
            execute format('create role %I nologin', wanted);
        end if;
    end loop;
    if not exists (select from pg_catalog.pg_roles where rolname = 'pilote_app') then
        create role pilote_app login noinherit;
    end if;
end
$$;

grant pilote_owner to current_user;
grant pilote_staff, pilote_partner, pilote_respondent, pilote_signin to pilote_app;
alter role pilote_app set statement_timeout = '20s';
alter role pilote_app set idle_in_transaction_session_timeout = '60s';

create schema if not exists extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;
grant usage on schema extensions to pilote_owner, pilote_staff;

create schema if not exists pilot;
create schema vault;
create schema pub;
create schema audit;
create schema access;
alter schema pilot owner to pilote_owner;
alter schema vault owner to pilote_owner;
alter schema pub owner to pilote_owner;
alter schema audit owner to pilote_owner;
alter schema access owner to pilote_owner;
