-- The journal of adds: a row is written before Flex is asked to add a contact and deleted with the upsert of the
-- assignment. A row that is left over says that the add may have been applied. Safe to run again.

do $migration$
begin
  -- The foreign keys take a short lock on the tables that they point to.
  perform set_config('lock_timeout', '5s', true);

  if to_regclass('public.flex_crew_add_intents') is null then
    create table public.flex_crew_add_intents (
      crew_call_id uuid not null references public.flex_crew_calls (id) on delete cascade,
      technician_id uuid not null references public.profiles (id) on delete cascade,
      flex_resource_id text not null,
      instance_id text not null,
      started_at timestamptz not null default now(),
      previous_started_at timestamptz,
      primary key (crew_call_id, technician_id)
    );
    create index flex_crew_add_intents_technician_id_idx
      on public.flex_crew_add_intents (technician_id);
  end if;
end
$migration$;

comment on table public.flex_crew_add_intents
  is 'FlexCrew: adds that were begun in Flex and not seen to end; a sync that finds one lists before it adds';
comment on column public.flex_crew_add_intents.crew_call_id is 'flex_crew_calls.id';
comment on column public.flex_crew_add_intents.flex_resource_id is 'The contact''s resource id that was to be added';
comment on column public.flex_crew_add_intents.instance_id is 'The run that began the newest attempt';
comment on column public.flex_crew_add_intents.started_at is 'When the newest attempt was begun';
comment on column public.flex_crew_add_intents.previous_started_at
  is 'When the attempt before it was begun, if that one was left open';

alter table public.flex_crew_add_intents enable row level security;

do $grants$
declare
  grantee text;
begin
  revoke all on table public.flex_crew_add_intents from public;
  foreach grantee in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_catalog.pg_roles where rolname = grantee) then
      execute format('revoke all on table public.flex_crew_add_intents from %I', grantee);
    end if;
  end loop;
  if exists (select 1 from pg_catalog.pg_roles where rolname = 'service_role') then
    grant all on table public.flex_crew_add_intents to service_role;
  end if;
end
$grants$;
