-- Takes 20261122100000_unique_crew_assignments back: drops the constraint where that migration added it, and puts the
-- duplicates back. A duplicate whose crew call or technician is gone by now went with them. One that cannot go back,
-- because another unique constraint was added meanwhile, stays where it is, and its table with it.

do $rollback$
declare
  restored bigint;
  left_over bigint;
begin
  perform set_config('lock_timeout', '5s', true);

  if exists (
    select 1
    from pg_catalog.pg_constraint c
    where c.conrelid = 'public.flex_crew_assignments'::regclass
      and c.conname = 'flex_crew_assignments_crew_call_technician_key'
      and obj_description(c.oid, 'pg_constraint') like 'FlexCrew:%'
  ) then
    alter table public.flex_crew_assignments
      drop constraint flex_crew_assignments_crew_call_technician_key;
  end if;

  if to_regclass('public.flex_crew_assignments_duplicates') is null then
    return;
  end if;

  delete from public.flex_crew_assignments_duplicates d
  where not exists (select 1 from public.flex_crew_calls c where c.id = d.crew_call_id)
     or not exists (select 1 from public.profiles p where p.id = d.technician_id);

  with back as (
    insert into public.flex_crew_assignments
    select (jsonb_populate_record(null::public.flex_crew_assignments, d.removed_row)).*
    from public.flex_crew_assignments_duplicates d
    on conflict do nothing
    returning id
  ), cleared as (
    delete from public.flex_crew_assignments_duplicates d
    using back b
    where b.id = d.id
    returning d.id
  )
  select count(*) into restored from cleared;

  select count(*) into left_over from public.flex_crew_assignments_duplicates;
  raise notice 'FlexCrew: put % duplicate rows back, % could not go back', restored, left_over;
  if left_over = 0 then
    drop table public.flex_crew_assignments_duplicates;
  end if;
end
$rollback$;
