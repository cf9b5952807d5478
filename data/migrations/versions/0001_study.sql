-- The pilot, its sites, counsellors and people: rights, derived state, counts.
select access.fence('pilot.revision');
select access.fence('pilot.revision_event');
select access.fence('pilot.submission');
select access.protect('pilot.setting', false, 'name');
select access.protect('pilot.region', false, 'code');
select access.protect('pilot.department', false, 'code');
select access.protect('pilot.partner', false, 'id');
select access.protect('pilot.plan', false, 'id');
select access.protect('pilot.plan_point', false, 'plan_id');
select access.protect('pilot.import_batch', false, 'id', array['digest']);
select access.protect('pilot.site', false, 'id');
select access.protect('pilot.site_event', false, 'id');
select access.protect('pilot.counsellor', false, 'id');
select access.protect(
    'pilot.beneficiary', true, 'id',
    array[
        'source_key', 'source_digest', 'state', 'state_since', 'seq', 'furthest', 'reason_code', 'recontact_on',
        'informed_on', 'included_on'
    ]
);
select access.protect('pilot.state_event', true, 'id');
select access.protect('pilot.consent', true, 'id');
select access.fence('pilot.flow_count');
select access.mark_revision('pilot.flow_count');
select access.fence('pilot.inclusion_count');
select access.mark_revision('pilot.inclusion_count');
select access.fence('vault.identity');
select access.keep_trail('vault.identity', true, 'beneficiary_id', array['sealed']);
select access.mark_revision('vault.identity');
select access.fence('vault.trace');
select access.keep_trail('vault.trace', true, 'beneficiary_id', array['digest']);
select access.fence('audit.change');
select access.fence('audit.reveal');
select access.fence('audit.denial');
select access.fence('audit.export');
select access.append_only('audit.change');
select access.append_only('audit.reveal');
select access.append_only('audit.denial');
select access.append_only('audit.export');
select access.append_only('pilot.site_event');
select access.append_only('pilot.state_event');
select access.append_only('pilot.consent');
select access.append_only('pilot.plan');
select access.append_only('pilot.plan_point');

insert into pilot.revision (topic, n) values ('all', 1);

-- the kernel
grant select on pilot.revision to pilote_staff;
create policy "everybody polls the revision" on pilot.revision for select to pilote_staff using (true);
grant select, insert on pilot.submission to pilote_staff;
create policy "own submissions" on pilot.submission
    for select to pilote_staff using (account_id = (select access.uid()));
create policy "own submissions are added" on pilot.submission
    for insert to pilote_staff with check (account_id = (select access.uid()));

-- what everybody in the team may read
grant select on pilot.setting, pilot.region, pilot.department, pilot.partner, pilot.plan, pilot.plan_point
    to pilote_staff;
create policy "read by the team" on pilot.setting for select to pilote_staff using (true);
create policy "read by the team" on pilot.region for select to pilote_staff using (true);
create policy "read by the team" on pilot.department for select to pilote_staff using (true);
create policy "read by the team" on pilot.partner for select to pilote_staff using (true);
create policy "read by the team" on pilot.plan for select to pilote_staff using (true);
create policy "read by the team" on pilot.plan_point for select to pilote_staff using (true);
grant insert on pilot.setting, pilot.plan, pilot.plan_point to pilote_staff;
grant update (value) on pilot.setting to pilote_staff;
create policy "coordination adds settings" on pilot.setting
    for insert to pilote_staff with check ((select access.role()) = 'coordinator' and name <> 'demo');
create policy "coordination changes settings" on pilot.setting
    for update to pilote_staff
    using ((select access.role()) = 'coordinator' and name <> 'demo')
    with check ((select access.role()) = 'coordinator' and name <> 'demo');
create policy "coordination plans" on pilot.plan
    for insert to pilote_staff
    with check ((select access.role()) = 'coordinator' and made_by = (select access.uid()));
create policy "coordination plans" on pilot.plan_point
    for insert to pilote_staff with check ((select access.role()) = 'coordinator');
grant select, insert on pilot.import_batch to pilote_staff;
create policy "coordination follows imports" on pilot.import_batch
    for select to pilote_staff using ((select access.role()) = 'coordinator');
create policy "coordination imports" on pilot.import_batch
    for insert to pilote_staff
    with check ((select access.role()) = 'coordinator' and account_id = (select access.uid()));

-- sites
grant select, insert on pilot.site to pilote_staff;
grant update (
    name, name_key, kind, city, department_code, region_code, target, opening_on, referent_name, referent_email,
    agreement_signed_on, referent_named_on, staff_briefed_on, material_delivered_on, state, version
) on pilot.site to pilote_staff;
grant select, insert on pilot.site_event to pilote_staff;
create policy "seen by the team, own site for referents" on pilot.site
    for select to pilote_staff using (
        (select access.role()) in ('coordinator', 'evaluator', 'admin')
        or ((select access.role()) = 'site_referent' and id = (select access.scope_id()))
    );
create policy "coordination adds sites" on pilot.site
    for insert to pilote_staff with check ((select access.role()) = 'coordinator');
create policy "coordination changes sites" on pilot.site
    for update to pilote_staff
    using ((select access.role()) = 'coordinator') with check ((select access.role()) = 'coordinator');
create policy "seen by the team, own site for referents" on pilot.site_event
    for select to pilote_staff using (
        (select access.role()) in ('coordinator', 'evaluator')
        or ((select access.role()) = 'site_referent' and site_id = (select access.scope_id()))
    );
create policy "coordination moves sites" on pilot.site_event
    for insert to pilote_staff
    with check ((select access.role()) = 'coordinator' and account_id = (select access.uid()));

-- counsellors
grant select, insert on pilot.counsellor to pilote_staff;
grant update (
    last_name, first_name, organisation, region_code, email, email_key, practice_hours, volunteer_since, note, version
) on pilot.counsellor to pilote_staff;
create policy "seen by those who train and assign, own record for counsellors" on pilot.counsellor
    for select to pilote_staff using (
        (select access.role()) in ('coordinator', 'trainer', 'admin')
        or ((select access.role()) = 'counsellor' and id = (select access.scope_id()))
    );
create policy "registered by coordination and training" on pilot.counsellor
    for insert to pilote_staff with check ((select access.role()) in ('coordinator', 'trainer'));
create policy "changed by coordination and training" on pilot.counsellor
    for update to pilote_staff
    using ((select access.role()) in ('coordinator', 'trainer'))
    with check ((select access.role()) in ('coordinator', 'trainer'));

-- people: derived columns are nobody's to write
grant select on pilot.beneficiary, pilot.state_event, pilot.consent to pilote_staff;
grant insert (code, site_id, channel, wave, referred_on, birth_year, sex, employment, source_key, source_digest)
    on pilot.beneficiary to pilote_staff;
grant update (channel, wave, birth_year, sex, employment) on pilot.beneficiary to pilote_staff;
grant insert on pilot.state_event, pilot.consent to pilote_staff;
create policy "seen by the study, own site for referents" on pilot.beneficiary
    for select to pilote_staff using (
        (select access.role()) in ('coordinator', 'evaluator')
        or ((select access.role()) = 'site_referent' and site_id = (select access.scope_id()))
    );
create policy "oriented by coordination or by one's own site" on pilot.beneficiary
    for insert to pilote_staff with check (
        (select access.role()) = 'coordinator'
        or ((select access.role()) = 'site_referent' and site_id = (select access.scope_id()))
    );
create policy "coordination corrects" on pilot.beneficiary
    for update to pilote_staff
    using ((select access.role()) = 'coordinator') with check ((select access.role()) = 'coordinator');
create policy "seen by the study, steps up to inclusion for referents" on pilot.state_event
    for select to pilote_staff using (
        (select access.role()) in ('coordinator', 'evaluator')
        or (
            (select access.role()) = 'site_referent'
            and to_state in (
                'identified', 'screening', 'not_approached', 'duplicate', 'eligible', 'ineligible', 'informed',
                'deferred', 'declined', 'unreachable', 'consented'
            )
            and exists (
                select from pilot.beneficiary b
                where b.id = beneficiary_id and b.site_id = (select access.scope_id())
            )
        )
    );
create policy "coordination decides, referents orient" on pilot.state_event
    for insert to pilote_staff with check (
        account_id = (select access.uid())
        and (
            (select access.role()) = 'coordinator'
            or (
                (select access.role()) = 'site_referent' and seq = 1 and to_state = 'identified'
                and exists (
                    select from pilot.beneficiary b
                    where b.id = beneficiary_id and b.site_id = (select access.scope_id())
                )
            )
        )
    );
create policy "seen by the study" on pilot.consent
    for select to pilote_staff using ((select access.role()) in ('coordinator', 'evaluator'));
create policy "coordination records consents" on pilot.consent
    for insert to pilote_staff
    with check ((select access.role()) = 'coordinator' and account_id = (select access.uid()));

-- counts
grant select on pilot.flow_count, pilot.inclusion_count to pilote_staff;
create policy "seen by the study" on pilot.flow_count
    for select to pilote_staff using ((select access.role()) in ('coordinator', 'evaluator'));
create policy "seen by the study" on pilot.inclusion_count
    for select to pilote_staff using ((select access.role()) in ('coordinator', 'evaluator'));

-- identities: written by those who orient, read by nobody but through vault.reveal
grant insert on vault.identity, vault.trace to pilote_staff;
create policy "sealed by those who orient" on vault.identity
    for insert to pilote_staff with check (
        (select access.role()) in ('coordinator', 'site_referent')
        and exists (select from pilot.beneficiary b where b.id = beneficiary_id)
    );
create policy "left by those who orient" on vault.trace
    for insert to pilote_staff with check (
        (select access.role()) in ('coordinator', 'site_referent')
        and exists (select from pilot.beneficiary b where b.id = beneficiary_id)
    );

create function vault.reveal(beneficiary bigint, why text)
returns text language plpgsql security definer set search_path = ''
as $$
declare
    found text;
begin
    if access.role() is distinct from 'coordinator' or length(trim(why)) < 5 then
        raise exception 'an identity is shown to coordination, for a reason' using errcode = 'PB403';
    end if;
    select i.sealed into found from vault.identity i where i.beneficiary_id = beneficiary;
    insert into audit.reveal (account_id, role, beneficiary_id, code, reason)
    select access.uid(), access.role(), b.id, b.code, why from pilot.beneficiary b where b.id = beneficiary;
    return found;
end
$$;

-- a referent learns that somebody alike is known, never who or where
create function vault.similar(digests bytea[])
returns table (code text, kind text)
language sql stable security definer set search_path = ''
as $$
    select
        case
            when access.role() = 'coordinator' or b.site_id = access.scope_id() then b.code
        end,
        t.kind
    from vault.trace t
    join pilot.beneficiary b on b.id = t.beneficiary_id
    where t.digest = any (digests) and access.role() in ('coordinator', 'site_referent')
$$;

-- whether a key was ever needed: a lost one must not be replaced in silence
create function vault.holds_identities()
returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select from vault.identity) $$;
grant execute on function vault.reveal(bigint, text), vault.similar(bytea[]), vault.holds_identities()
    to pilote_staff;

-- the trail: administration reads who did what without the values about people, coordination those of the study
create policy "read through the trail" on audit.change
    for select to pilote_owner using ((select access.role()) in ('admin', 'coordinator'));
create view audit.trail with (security_barrier = true) as
select
    c.id, c.at, c.account_id, c.role, c.verb, c.table_name, c.row_key, c.about_person,
    case when not c.about_person or access.role() = 'coordinator' then c.before end as before,
    case when not c.about_person or access.role() = 'coordinator' then c.after end as after
from audit.change c
where access.role() = 'admin' or c.table_name like 'pilot.%';
grant execute on function access.role() to pilote_owner;
grant select on audit.trail, audit.reveal, audit.denial, audit.export to pilote_staff;
grant insert (account_id, role, asked) on audit.denial to pilote_staff;
grant insert (account_id, role, what, rows, columns) on audit.export to pilote_staff;
create policy "administration and coordination read" on audit.reveal
    for select to pilote_staff using ((select access.role()) in ('admin', 'coordinator'));
create policy "administration reads" on audit.denial
    for select to pilote_staff using ((select access.role()) = 'admin');
create policy "one's own refusals are logged" on audit.denial
    for insert to pilote_staff with check (account_id = (select access.uid()) and role = (select access.role()));
create policy "administration reads" on audit.export
    for select to pilote_staff using ((select access.role()) = 'admin');
create policy "one's own exports are logged" on audit.export
    for insert to pilote_staff with check (account_id = (select access.uid()) and role = (select access.role()));

-- the state of a person follows from the events; an event that does not continue the path is refused
create function pilot.step_of(state text)
returns smallint language sql immutable set search_path = ''
as $$
    select (case state
        when 'screening' then 1 when 'eligible' then 2 when 'informed' then 3 when 'consented' then 4 else 0
    end)::smallint
$$;

create function pilot.follow_events()
returns trigger language plpgsql security definer set search_path = ''
as $$
begin
    if exists (
        select
        from (
            select
                e.beneficiary_id, e.seq, e.from_state,
                row_number() over path as nth, lag(e.to_state) over path as previous
            from new_rows e
            window path as (partition by e.beneficiary_id order by e.seq)
        ) e
        join pilot.beneficiary b on b.id = e.beneficiary_id
        where e.seq <> b.seq + e.nth
            or e.from_state is distinct from (case when e.nth = 1 then b.state else e.previous end)
    ) then
        raise exception 'the path has moved on' using errcode = 'PB409';
    end if;
    if exists (
        select
        from new_rows e
        where e.to_state = 'consented' and (
            select c.answer
            from pilot.consent c
            where c.beneficiary_id = e.beneficiary_id and c.kind = 'bilan'
            order by c.id desc
            limit 1
        ) is distinct from 'given'
    ) then
        raise exception 'no inclusion without the consent to the bilan' using errcode = 'PB422';
    end if;
    update pilot.beneficiary b
    set
        state = l.to_state, state_since = l.effective_on, seq = l.seq,
        furthest = greatest(b.furthest, l.furthest),
        reason_code = l.reason_code, recontact_on = l.recontact_on,
        informed_on = coalesce(b.informed_on, l.informed_on),
        included_on = coalesce(b.included_on, l.included_on)
    from (
        select distinct on (e.beneficiary_id)
            e.beneficiary_id, e.to_state, e.effective_on, e.seq, e.reason_code, e.recontact_on,
            max(pilot.step_of(e.to_state)) over whole as furthest,
            min(e.effective_on) filter (where e.to_state = 'informed') over whole as informed_on,
            min(e.effective_on) filter (where e.to_state = 'consented') over whole as included_on
        from new_rows e
        window whole as (partition by e.beneficiary_id)
        order by e.beneficiary_id, e.seq desc
    ) l
    where l.beneficiary_id = b.id;
    return null;
end
$$;
create trigger follow_events after insert on pilot.state_event referencing new table as new_rows
    for each statement execute function pilot.follow_events();

-- counts kept per statement; sorted, so that two writers never wait for each other in a circle
create function pilot.count_people()
returns trigger language plpgsql security definer set search_path = ''
as $$
begin
    insert into pilot.flow_count as f (site_id, wave, month_on, furthest, state, reason, n)
    select d.site_id, d.wave, d.month_on, d.furthest, d.state, d.reason, sum(d.n)
    from (
        select
            site_id, wave, date_trunc('month', referred_on)::date as month_on, furthest, state,
            coalesce(reason_code, '') as reason, 1 as n
        from new_rows where state is not null
        union all
        select
            site_id, wave, date_trunc('month', referred_on)::date, furthest, state,
            coalesce(reason_code, ''), -1
        from old_rows where state is not null
    ) d
    group by 1, 2, 3, 4, 5, 6
    having sum(d.n) <> 0
    order by 1, 2, 3, 4, 5, 6
    on conflict (site_id, wave, month_on, furthest, state, reason) do update set n = f.n + excluded.n;
    insert into pilot.inclusion_count as f (site_id, wave, month_on, week_on, n)
    select d.site_id, d.wave, d.month_on, d.week_on, sum(d.n)
    from (
        select
            site_id, wave, date_trunc('month', referred_on)::date as month_on,
            date_trunc('week', included_on)::date as week_on, 1 as n
        from new_rows where included_on is not null
        union all
        select
            site_id, wave, date_trunc('month', referred_on)::date, date_trunc('week', included_on)::date, -1
        from old_rows where included_on is not null
    ) d
    group by 1, 2, 3, 4
    having sum(d.n) <> 0
    order by 1, 2, 3, 4
    on conflict (site_id, wave, month_on, week_on) do update set n = f.n + excluded.n;
    return null;
end
$$;
create trigger count_people after update on pilot.beneficiary
    referencing old table as old_rows new table as new_rows
    for each statement execute function pilot.count_people();
