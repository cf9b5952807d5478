-- the application may ask which version the schema has, and nothing else of this table
alter table pilot.alembic_version enable row level security;
create policy "the version is no secret" on pilot.alembic_version for select to pilote_signin using (true);
grant usage on schema pilot to pilote_signin;
grant select on pilot.alembic_version to pilote_signin;
