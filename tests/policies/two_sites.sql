-- Two of everything, numbered 1 and 2 by the database: what is of site 1, counsellor 1 and account 1 is "one's own" for whoever acts in the tests.
insert into access.account (login, name, role, password_hash, password_set_at) values
    ('une', 'Une', 'admin', 'x', now()), ('autre', 'Autre', 'admin', 'x', now());
insert into access.invitation (account_id, token_hash, purpose, expires_at) values
    (1, 'a', 'invite', now()), (2, 'b', 'reset', now());
insert into access.session (account_id, ticket_expires_at, expires_at) values (1, now(), now()), (2, now(), now());
insert into access.account_event (account_id, by_account_id, action, reason) values
    (2, 1, 'linked', 'invite'), (1, 2, 'linked', 'invite');
insert into pilot.setting (name, value) values ('one', '1'), ('two', '2');
insert into pilot.submission (nonce, account_id) values (gen_random_uuid(), 1), (gen_random_uuid(), 2);
insert into pilot.plan (made_by, reason) values (1, 'premier plan'), (2, 'second plan');
insert into pilot.plan_point (plan_id, on_date, inclusions) values (1, '2026-12-31', 5), (2, '2026-12-31', 6);
insert into pilot.import_batch (kind, digest, rows, saved, account_id) values
    ('sites', 'a', 1, 1, 1), ('sites', 'b', 1, 1, 2);
insert into pilot.site (name, name_key, kind, region_code, state) values
    ('Nord', 'nord', 'chu', '32', 'activated'), ('Sud', 'sud', 'chu', '93', 'activated');
insert into pilot.site_event (site_id, to_state, effective_on, account_id) values
    (1, 'activated', '2026-10-01', 1), (2, 'activated', '2026-10-01', 2);
insert into pilot.counsellor (last_name, first_name, email, email_key) values
    ('Petit', 'Ana', 'ana@exemple.fr', 'a'), ('Grand', 'Ugo', 'ugo@exemple.fr', 'u');
insert into pilot.beneficiary (code, site_id, wave, referred_on) values
    ('BC-7K4M', 1, 'test', '2026-11-02'), ('BC-9N6R', 2, 'test', '2026-11-02');
insert into pilot.consent (beneficiary_id, kind, answer, effective_on, account_id) values
    (1, 'bilan', 'given', '2026-11-03', 1), (2, 'bilan', 'given', '2026-11-03', 2);
insert into pilot.state_event (beneficiary_id, seq, to_state, effective_on, account_id) values
    (1, 1, 'identified', '2026-11-02', 1), (2, 1, 'identified', '2026-11-02', 2);
insert into pilot.inclusion_count (site_id, wave, month_on, week_on, n) values
    (1, 'test', '2026-11-01', '2026-11-02', 1), (2, 'test', '2026-11-01', '2026-11-02', 1);
insert into vault.identity (beneficiary_id, sealed) values (1, 'scellé'), (2, 'scellé');
insert into vault.trace (beneficiary_id, kind, digest) values (1, 'name', 'a'), (2, 'name', 'b');
insert into audit.reveal (account_id, role, beneficiary_id, code, reason) values
    (1, 'coordinator', 1, 'BC-7K4M', 'rappel'), (2, 'coordinator', 2, 'BC-9N6R', 'rappel');
insert into audit.denial (account_id, role, asked) values (1, 'admin', 'site 3'), (2, 'admin', 'site 3');
insert into audit.export (account_id, role, what, rows, columns) values
    (1, 'admin', 'sites', 2, '{}'), (2, 'admin', 'sites', 2, '{}');
