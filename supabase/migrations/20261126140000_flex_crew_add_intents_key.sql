-- An intent is of a crew call, a technician, an element in Flex and a resource. Before, a technician had one: when their resource id was
-- changed, or their crew call was linked to another element, the next add wrote over the intent of one that had not been seen to end, and
-- nobody knew any more that FlexCrew had placed its contact. Safe to run again. Apply it right before the new version starts: adds of an
-- older version fail from then on, and are tried again by the new one.

do $migration$
begin
  perform set_config('lock_timeout', '5s', true);
  alter table public.flex_crew_add_intents add column if not exists element text;
  delete from public.flex_crew_add_intents i
  where i.element is null
    and not exists (select from public.flex_crew_calls c where c.id = i.crew_call_id and btrim(c.flex_element_id::text) <> '');
  update public.flex_crew_add_intents i
  set element = lower(btrim(c.flex_element_id::text)), flex_resource_id = lower(btrim(i.flex_resource_id))
  from public.flex_crew_calls c
  where c.id = i.crew_call_id and i.element is null;
  if not exists (
    select 1 from pg_catalog.pg_constraint
    where conrelid = 'public.flex_crew_add_intents'::regclass and contype = 'p' and cardinality(conkey) = 4
  ) then
    alter table public.flex_crew_add_intents
      alter column element set not null,
      drop constraint flex_crew_add_intents_pkey,
      add constraint flex_crew_add_intents_pkey primary key (crew_call_id, technician_id, element, flex_resource_id);
    create index if not exists flex_crew_add_intents_element_idx on public.flex_crew_add_intents (element);
  end if;
end
$migration$;

comment on column public.flex_crew_add_intents.element is 'The crew call in Flex, in lower case';
comment on column public.flex_crew_add_intents.flex_resource_id is 'The contact''s resource id that was to be added, in lower case';
