-- Accounts and sign-in. The role pilote_signin may run these functions and read nothing.
select access.fence('access.account');
select access.keep_trail('access.account', false, 'id', array['password_hash', 'failed_attempts', 'locked_until']);
-- an attempt to sign in is no change of the data: it must not empty everybody's kept rows
create trigger revision_mark
    after insert or update of login, name, role, scope_id, language, active or delete or truncate on access.account
    for each statement execute function pilot.revision_mark();
select access.fence('access.invitation');
select access.keep_trail('access.invitation', false, 'id', array['token_hash']);
select access.fence('access.session');
select access.keep_trail('access.session', false, 'id', array['ticket_hash', 'token_hash', 'seen_at', 'ticket_expires_at']);
select access.protect('access.account_event', false, 'id');
select access.append_only('access.account_event');

grant select (id, login, name, role, scope_id, language, password_set_at, locked_until, active, created_at, version)
    on access.account to pilote_staff;
grant insert (login, name, role, scope_id, language) on access.account to pilote_staff;
grant update (name, role, scope_id, active, version) on access.account to pilote_staff;
grant select (id, account_id, purpose, created_at, expires_at, used_at) on access.invitation to pilote_staff;
grant insert (account_id, token_hash, purpose, expires_at) on access.invitation to pilote_staff;
grant update (expires_at) on access.invitation to pilote_staff;
grant select (id, account_id, browser, created_at, seen_at, expires_at, revoked_at) on access.session to pilote_staff;
grant update (revoked_at) on access.session to pilote_staff;
grant select, insert on access.account_event to pilote_staff;

create policy "names are read by those who see what people did" on access.account
    for select to pilote_staff using ((select access.role()) in ('admin', 'coordinator'));
create policy "administration adds accounts" on access.account
    for insert to pilote_staff with check ((select access.role()) = 'admin');
create policy "administration changes accounts" on access.account
    for update to pilote_staff
    using ((select access.role()) = 'admin') with check ((select access.role()) = 'admin');
create policy "administration sees links" on access.invitation
    for select to pilote_staff using ((select access.role()) = 'admin');
create policy "administration makes links" on access.invitation
    for insert to pilote_staff with check ((select access.role()) = 'admin');
create policy "administration cancels links" on access.invitation
    for update to pilote_staff
    using ((select access.role()) = 'admin') with check ((select access.role()) = 'admin');
create policy "administration sees sessions" on access.session
    for select to pilote_staff using ((select access.role()) = 'admin');
create policy "administration ends sessions" on access.session
    for update to pilote_staff
    using ((select access.role()) = 'admin') with check ((select access.role()) = 'admin');
create policy "administration reads decisions" on access.account_event
    for select to pilote_staff using ((select access.role()) = 'admin');
create policy "administration writes decisions" on access.account_event
    for insert to pilote_staff
    with check ((select access.role()) = 'admin' and by_account_id = (select access.uid()));

-- the lock makes two administrators who remove each other at the same moment wait for one another
create function access.keep_one_admin()
returns trigger language plpgsql security definer set search_path = ''
as $$
begin
    if exists (
        select
        from old_rows o
        join access.account a on a.id = o.id
        where o.role = 'admin' and o.active and o.password_hash is not null and not (a.role = 'admin' and a.active)
    ) then
        perform pg_catalog.pg_advisory_xact_lock(7345001);
        if not exists (select from access.account where role = 'admin' and active and password_hash is not null) then
            raise exception 'the last administrator stays' using errcode = 'PB423';
        end if;
    end if;
    return null;
end
$$;
create trigger keep_one_admin after update on access.account referencing old table as old_rows
    for each statement execute function access.keep_one_admin();

-- an attempt counts as failed until it succeeds: many at the same moment get no more tries than one after the other
create function access.begin_attempt(login_asked text, at timestamptz, most integer, pause interval)
returns table (id bigint, password_hash text)
language sql security definer set search_path = ''
as $$
    update access.account a
    set
        failed_attempts = case when a.locked_until <= at then 1 else a.failed_attempts + 1 end,
        locked_until = case when a.failed_attempts + 1 >= most and a.locked_until is null then at + pause end
    where a.login = lower(login_asked) and a.active and a.password_hash is not null
        and (a.locked_until is null or a.locked_until <= at)
    returning a.id, a.password_hash
$$;

create function access.open_session(account bigint, ticket bytea, browser_name text, lifetime interval)
returns bigint language sql security definer set search_path = ''
as $$
    update access.account a set failed_attempts = 0, locked_until = null where a.id = account and a.active;
    insert into access.session (account_id, ticket_hash, ticket_expires_at, browser, expires_at)
    select a.id, ticket, now() + interval '30 seconds', browser_name, now() + lifetime
    from access.account a
    where a.id = account and a.active
    returning id
$$;

create function access.exchange_ticket(ticket bytea, token bytea)
returns interval language sql security definer set search_path = ''
as $$
    update access.session s
    set ticket_hash = null, token_hash = token
    where s.ticket_hash = ticket and s.ticket_expires_at > now() and s.revoked_at is null
    returning s.expires_at - now()
$$;

create function access.session_of_token(token bytea)
returns bigint language sql stable security definer set search_path = ''
as $$
    select s.id
    from access.session s
    where s.token_hash = token and s.revoked_at is null and s.expires_at > now()
$$;

create function access.session_actor(session bigint)
returns table (account_id bigint, name text, role text, scope_id bigint, language text, revision bigint)
language plpgsql security definer set search_path = ''
as $$
begin
    update access.session s set seen_at = now()
    where s.id = session and s.revoked_at is null and s.seen_at < now() - interval '1 minute';
    return query
        select a.id, a.name, a.role, a.scope_id, a.language, (select r.n from pilot.revision r where r.topic = 'all')
        from access.session s
        join access.account a on a.id = s.account_id
        where s.id = session and s.revoked_at is null and s.expires_at > now() and a.active;
end
$$;

create function access.close_session(session bigint)
returns void language sql security definer set search_path = ''
as $$ update access.session s set revoked_at = now() where s.id = session and s.revoked_at is null $$;

create function access.invitation_of(token bytea)
returns table (account_id bigint, login text, name text, purpose text)
language sql stable security definer set search_path = ''
as $$
    select a.id, a.login, a.name, i.purpose
    from access.invitation i
    join access.account a on a.id = i.account_id
    where i.token_hash = token and i.used_at is null and i.expires_at > now() and a.active
$$;

create function access.accept_invitation(token bytea, new_hash text)
returns bigint language plpgsql security definer set search_path = ''
as $$
declare
    account bigint;
begin
    update access.invitation i set used_at = now()
    where i.token_hash = token and i.used_at is null and i.expires_at > now()
    returning i.account_id into account;
    if account is not null then
        update access.account a
        set password_hash = new_hash, password_set_at = now(), failed_attempts = 0, locked_until = null
        where a.id = account and a.active;
        update access.session s set revoked_at = now() where s.account_id = account and s.revoked_at is null;
    end if;
    return account;
end
$$;

create function access.own_password_hash()
returns text language sql stable security definer set search_path = ''
as $$ select a.password_hash from access.account a where a.id = access.uid() $$;

create function access.own_login()
returns text language sql stable security definer set search_path = ''
as $$ select a.login from access.account a where a.id = access.uid() $$;

create function access.close_own_sessions()
returns void language sql security definer set search_path = ''
as $$ update access.session s set revoked_at = now() where s.account_id = access.uid() and s.revoked_at is null $$;

-- every other browser of the person is signed out: a changed password is also how one reacts to a doubt
create function access.change_own_password(new_hash text, session_kept bigint)
returns void language sql security definer set search_path = ''
as $$
    update access.account a set password_hash = new_hash, password_set_at = now() where a.id = access.uid();
    update access.session s set revoked_at = now()
    where s.account_id = access.uid() and s.revoked_at is null and s.id <> session_kept;
    update access.invitation i set expires_at = now()
    where i.account_id = access.uid() and i.used_at is null and i.expires_at > now();
$$;

create function access.change_own_language(new_language text)
returns void language sql security definer set search_path = ''
as $$ update access.account a set language = new_language where a.id = access.uid() $$;

-- the sign-in page says so in a demonstration, whose accounts are public on purpose
create function access.is_demo()
returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select from pilot.setting s where s.name = 'demo' and s.value = 'true'::jsonb) $$;

-- the very first account, and only that one: afterwards an administrator invites
create function access.first_account(login_chosen text, name_shown text, token bytea, lifetime interval)
returns bigint language plpgsql security definer set search_path = ''
as $$
declare
    account bigint;
begin
    perform pg_catalog.pg_advisory_xact_lock(7345001);
    if exists (select from access.account a where a.password_hash is not null) then
        return null;
    end if;
    select a.id into account from access.account a where a.role = 'admin' and a.active order by a.id limit 1;
    if account is null then
        insert into access.account (login, name, role) values (login_chosen, name_shown, 'admin')
        returning id into account;
    end if;
    update access.invitation i set expires_at = now()
    where i.account_id = account and i.used_at is null and i.expires_at > now();
    insert into access.invitation (account_id, token_hash, purpose, expires_at)
    values (account, token, 'invite', now() + lifetime);
    return account;
end
$$;

grant execute on function
    access.begin_attempt(text, timestamptz, integer, interval),
    access.open_session(bigint, bytea, text, interval),
    access.exchange_ticket(bytea, bytea),
    access.session_of_token(bytea),
    access.session_actor(bigint),
    access.close_session(bigint),
    access.invitation_of(bytea),
    access.accept_invitation(bytea, text),
    access.first_account(text, text, bytea, interval),
    access.is_demo()
    to pilote_signin;
grant execute on function
    access.own_login(),
    access.own_password_hash(),
    access.close_own_sessions(),
    access.change_own_password(text, bigint),
    access.change_own_language(text)
    to pilote_staff, pilote_partner;
