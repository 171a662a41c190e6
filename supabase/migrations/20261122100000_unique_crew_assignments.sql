-- One row per crew call and technician in flex_crew_assignments.
--
-- Duplicates go first, the oldest row stays (by created_at, then id). What is removed is counted in a notice and
-- kept in flex_crew_assignments_duplicates. The constraint is added only where no equivalent one exists; where it
-- exists, under whatever name, the table is neither locked nor written.
--
-- Run by `supabase db push` or `psql --single-transaction`: each gives the file its transaction, so there is no BEGIN
-- here. What needs the lock is one block, because some versions of the CLI pipeline a file's statements, where
-- LOCK TABLE is refused outside a block. Safe to run again.

do $migration$
declare
  removed bigint;
  pairs bigint;
begin
  -- A deploy must not queue the application's queries behind a lock that it waits for itself.
  perform set_config('lock_timeout', '5s', true);

  if to_regclass('public.flex_crew_assignments_duplicates') is null then
    create table public.flex_crew_assignments_duplicates (
      id uuid primary key,
      kept_id uuid not null,
      crew_call_id uuid not null,
      technician_id uuid not null,
      flex_line_item_id text,
      removed_row jsonb not null,
      removed_at timestamptz not null default now()
    );
  end if;

  -- A deferrable, partial or invalid index does not serve ON CONFLICT (crew_call_id, technician_id).
  if exists (
    select 1
    from pg_catalog.pg_index i
    where i.indrelid = 'public.flex_crew_assignments'::regclass
      and i.indisunique and i.indisvalid and i.indimmediate
      and i.indpred is null and i.indexprs is null
      and i.indnkeyatts = 2
      and (select array_agg(a.attname::text order by a.attname)
           from pg_catalog.pg_attribute a
           where a.attrelid = i.indrelid
             and a.attnum = any ((i.indkey::int2[])[0:1])) = array['crew_call_id', 'technician_id']
  ) then
    raise notice 'FlexCrew: flex_crew_assignments is unique by crew call and technician already';
    return;
  end if;

  lock table public.flex_crew_assignments in access exclusive mode;

  with ranked as (
    select a.id,
           first_value(a.id) over w as kept_id,
           row_number() over w as place
    from public.flex_crew_assignments a
    where a.crew_call_id is not null and a.technician_id is not null
    window w as (partition by a.crew_call_id, a.technician_id order by a.created_at nulls last, a.id)
  ), gone as (
    delete from public.flex_crew_assignments a
    using ranked r
    where r.id = a.id and r.place > 1
    returning a.id, r.kept_id, a.crew_call_id, a.technician_id,
              a.flex_line_item_id::text as flex_line_item_id, to_jsonb(a) as removed_row
  ), saved as (
    insert into public.flex_crew_assignments_duplicates
      (id, kept_id, crew_call_id, technician_id, flex_line_item_id, removed_row)
    select g.id, g.kept_id, g.crew_call_id, g.technician_id, g.flex_line_item_id, g.removed_row
    from gone g
    returning kept_id
  )
  select count(*), count(distinct s.kept_id) into removed, pairs from saved s;

  raise notice 'FlexCrew: removed % duplicate rows of % technicians in crew calls; they are kept in flex_crew_assignments_duplicates',
    removed, pairs;

  alter table public.flex_crew_assignments
    add constraint flex_crew_assignments_crew_call_technician_key unique (crew_call_id, technician_id);
  -- The rollback drops the constraint only where it finds this comment.
  comment on constraint flex_crew_assignments_crew_call_technician_key on public.flex_crew_assignments
    is 'FlexCrew: a technician is once in a crew call';
end
$migration$;

comment on table public.flex_crew_assignments_duplicates
  is 'FlexCrew: rows of flex_crew_assignments that were removed when (crew_call_id, technician_id) became unique';
comment on column public.flex_crew_assignments_duplicates.kept_id
  is 'The row of flex_crew_assignments that stayed';
comment on column public.flex_crew_assignments_duplicates.removed_row
  is 'The whole row as it was; the rollback puts it back from here';

alter table public.flex_crew_assignments_duplicates enable row level security;

do $grants$
declare
  grantee text;
begin
  revoke all on table public.flex_crew_assignments_duplicates from public;
  foreach grantee in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_catalog.pg_roles where rolname = grantee) then
      execute format('revoke all on table public.flex_crew_assignments_duplicates from %I', grantee);
    end if;
  end loop;
  if exists (select 1 from pg_catalog.pg_roles where rolname = 'service_role') then
    grant all on table public.flex_crew_assignments_duplicates to service_role;
  end if;
end
$grants$;
