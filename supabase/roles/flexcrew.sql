-- Creates the role that FlexCrew connects as, and gives it the rights that FlexCrew needs and no others.
--
-- Run it after the migrations, as the owner of the tables (on Supabase: postgres), and again after each new migration.
-- Running it again is safe: it brings the rights to what is written here. It is no migration, since a role belongs to the
-- whole server and not to one database.
--
-- The role is made without a password, so that none stands in a file, and cannot log in by password until it has one:
-- \password flexcrew  in psql. On Supabase's pooler its name is flexcrew.<project>.
--
-- Row level security: Supabase's tables have it, and a role without a policy would see them empty, without any error. So
-- the role gets a policy of its own on each table, also where row level security is off today and may be switched on
-- later. The attribute BYPASSRLS would do as well, but it holds for every table, and not every owner may give it.

do $role$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'flexcrew') then
    create role flexcrew login noinherit;
  end if;
end
$role$;

do $rights$
declare
  needed record;
begin
  -- Granting must not queue the application's queries behind a lock that it waits for itself.
  perform set_config('lock_timeout', '5s', true);
  perform set_config('client_min_messages', 'warning', true);
  grant usage on schema public to flexcrew;
  revoke all on all tables in schema public from flexcrew;

  for needed in
    select * from (values
      ('job_assignments', 'select'),
      ('profiles', 'select'),
      ('flex_crew_calls', 'select'),
      ('flex_crew_assignments', 'select, insert, update, delete'),
      ('flex_crew_add_intents', 'select, insert, update, delete'),
      ('flex_sync_log', 'select, insert, update, delete'),
      ('flex_crew_fences', 'select, insert, update'),
      ('flex_crew_fence_passes', 'select, insert, delete'),
      ('flex_crew_contacts', 'select, insert, delete'),
      -- For the console and the drift check: a sync does not read it.
      ('jobs', 'select')
      -- A table that a later migration adds gets its line here, and one in src/FlexCrew/Database/Checks/NeededRights.cs.
    ) as t (table_name, rights)
  loop
    if to_regclass('public.' || needed.table_name) is null then
      raise exception 'The table % is missing: apply the migrations first', needed.table_name;
    end if;
    execute format('grant %s on table public.%I to flexcrew', needed.rights, needed.table_name);
    execute format('drop policy if exists flexcrew on public.%I', needed.table_name);
    execute format(
      case needed.rights
        when 'select' then 'create policy flexcrew on public.%I for select to flexcrew using (true)'
        else 'create policy flexcrew on public.%I for all to flexcrew using (true) with check (true)'
      end, needed.table_name);
  end loop;
end
$rights$;

do $activity$
declare
  signature text;
begin
  -- The web app's activity log, where the database has it: without this right only the entries are missing.
  for signature in
    select p.oid::regprocedure::text
    from pg_catalog.pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname = 'log_activity_as'
  loop
    execute format('grant execute on function %s to flexcrew', signature);
  end loop;
end
$activity$;
