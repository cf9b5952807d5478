-- Who acts, and how every table is protected. Policies read the identity that each transaction begins with.
alter default privileges for role pilote_owner revoke execute on functions from public;

-- nullif: after a transaction-local setting the value reads '' and not null on that server connection
create function access.uid()
returns bigint language sql stable set search_path = ''
as $$ select nullif(pg_catalog.current_setting('pilote.uid', true), '')::bigint $$;

create function access.role()
returns text language sql stable set search_path = ''
as $$ select nullif(pg_catalog.current_setting('pilote.role', true), '') $$;

create function access.scope_id()
returns bigint language sql stable set search_path = ''
as $$ select nullif(pg_catalog.current_setting('pilote.scope_id', true), '')::bigint $$;

-- inside the owner's own functions nobody needs to act: they check what they do themselves
create function access.inside_own_function()
returns boolean language sql stable set search_path = ''
as $$ select current_user = 'pilote_owner' $$;

grant usage on schema pilot, access, audit, vault to pilote_staff;
grant usage on schema access, pub to pilote_partner;
grant usage on schema access to pilote_signin;
grant execute on function access.uid(), access.role(), access.scope_id(), access.inside_own_function()
    to pilote_staff, pilote_partner, pilote_signin;

create function pilot.sort_key(name text)
returns text language sql immutable set search_path = ''
as $$ select lower(extensions.unaccent('extensions.unaccent'::regdictionary, name)) $$;
grant execute on function pilot.sort_key(text) to pilote_staff;

-- the revision: bumped once per writing transaction, at its commit, so that writers do not wait for one another
create function pilot.revision_mark()
returns trigger language plpgsql security definer set search_path = ''
as $$
begin
    if coalesce(current_setting('pilote.bumped', true), '') <> pg_catalog.pg_current_xact_id()::text then
        insert into pilot.revision_event default values;
        perform pg_catalog.set_config('pilote.bumped', pg_catalog.pg_current_xact_id()::text, true);
    end if;
    return null;
end
$$;

create function pilot.revision_bump()
returns trigger language plpgsql security definer set search_path = ''
as $$
begin
    update pilot.revision set n = n + 1 where topic = 'all';
    delete from pilot.revision_event where id = new.id;
    return null;
end
$$;

create constraint trigger revision_bump
    after insert on pilot.revision_event
    deferrable initially deferred
    for each row execute function pilot.revision_bump();

-- the trail: arguments are (about a person?, key column, columns left out)
create function audit.record()
returns trigger language plpgsql security definer set search_path = ''
as $$
declare
    about_person boolean := tg_argv[0]::boolean;
    key text := tg_argv[1];
    omit text[] := tg_argv[2]::text[];
    whole text := tg_table_schema || '.' || tg_table_name;
begin
    if tg_op = 'INSERT' then
        insert into audit.change (account_id, role, verb, table_name, row_key, about_person, after)
        select access.uid(), access.role(), 'insert', whole, to_jsonb(n) ->> key, about_person, to_jsonb(n) - omit
        from new_rows n;
    elsif tg_op = 'UPDATE' then
        insert into audit.change (account_id, role, verb, table_name, row_key, about_person, before, after)
        select
            access.uid(), access.role(), 'update', whole, to_jsonb(n) ->> key, about_person,
            to_jsonb(o) - omit, to_jsonb(n) - omit
        from old_rows o
        join new_rows n on to_jsonb(o) ->> key = to_jsonb(n) ->> key
        where to_jsonb(o) - omit is distinct from to_jsonb(n) - omit;
    else
        insert into audit.change (account_id, role, verb, table_name, row_key, about_person, before)
        select access.uid(), access.role(), 'delete', whole, to_jsonb(o) ->> key, about_person, to_jsonb(o) - omit
        from old_rows o;
    end if;
    return null;
end
$$;

-- the trail and the paths of people are only added to, whoever asks
create function audit.refuse_change()
returns trigger language plpgsql set search_path = ''
as $$
begin
    raise exception 'rows of %.% are only added to', tg_table_schema, tg_table_name using errcode = 'PB405';
end
$$;

create function access.fence(t regclass)
returns void language plpgsql set search_path = ''
as $$
begin
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format(
        'create policy "somebody acts" on %s as restrictive for all to public '
        'using ((select access.uid()) is not null or (select access.inside_own_function())) '
        'with check ((select access.uid()) is not null or (select access.inside_own_function()))', t);
    execute format(
        'create policy "the owner works inside its functions" on %s for all to pilote_owner '
        'using ((select access.inside_own_function())) with check ((select access.inside_own_function()))', t);
end
$$;

create function access.mark_revision(t regclass)
returns void language plpgsql set search_path = ''
as $$
begin
    execute format(
        'create trigger revision_mark after insert or update or delete or truncate on %s '
        'for each statement execute function pilot.revision_mark()', t);
end
$$;

create function access.keep_trail(t regclass, about_person boolean, key text, omit text[])
returns void language plpgsql set search_path = ''
as $$
declare
    arguments text := format('%L, %L, %L', about_person, key, omit);
begin
    execute format(
        'create trigger trail_insert after insert on %s referencing new table as new_rows '
        'for each statement execute function audit.record(%s)', t, arguments);
    execute format(
        'create trigger trail_update after update on %s referencing old table as old_rows new table as new_rows '
        'for each statement execute function audit.record(%s)', t, arguments);
    execute format(
        'create trigger trail_delete after delete on %s referencing old table as old_rows '
        'for each statement execute function audit.record(%s)', t, arguments);
end
$$;

create function access.append_only(t regclass)
returns void language plpgsql set search_path = ''
as $$
begin
    execute format(
        'create trigger append_only before update or delete or truncate on %s '
        'for each statement execute function audit.refuse_change()', t);
end
$$;

-- fence, trail and revision in one word: what a table of the study gets
create function access.protect(t regclass, about_person boolean, key text, omit text[] default '{}')
returns void language sql set search_path = ''
as $$
    select access.fence(t);
    select access.keep_trail(t, about_person, key, omit);
    select access.mark_revision(t);
$$;
