-- Takes 20261126140000_flex_crew_add_intents_key back. Of several intents of a technician the newest stays: stop FlexCrew first.

do $rollback$
begin
  perform set_config('lock_timeout', '5s', true);
  if exists (
    select 1 from pg_catalog.pg_attribute
    where attrelid = to_regclass('public.flex_crew_add_intents') and attname = 'element' and not attisdropped
  ) then
    delete from public.flex_crew_add_intents i
    using public.flex_crew_add_intents newer
    where newer.crew_call_id = i.crew_call_id and newer.technician_id = i.technician_id
      and (newer.started_at, newer.element, newer.flex_resource_id) > (i.started_at, i.element, i.flex_resource_id);
    drop index if exists public.flex_crew_add_intents_element_idx;
    alter table public.flex_crew_add_intents
      drop constraint flex_crew_add_intents_pkey,
      drop column element,
      add constraint flex_crew_add_intents_pkey primary key (crew_call_id, technician_id);
    comment on column public.flex_crew_add_intents.flex_resource_id is 'The contact''s resource id that was to be added';
  end if;
end
$rollback$;
