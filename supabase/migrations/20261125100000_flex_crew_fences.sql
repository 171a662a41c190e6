-- The fence of each crew call in Flex: which run may write to it. A run claims the fence before it reads, proves that it
-- still holds it with each write, and gives it back at its end, if each write that passed the fence is accounted for. And a memory of contacts: which of them FlexCrew placed, and
-- which somebody else had placed before FlexCrew mapped a technician to them. Safe to run again.

do $migration$
begin
  perform set_config('lock_timeout', '5s', true);

  if to_regclass('public.flex_crew_fences') is null then
    create table public.flex_crew_fences (
      element text not null primary key,
      token bigint not null,
      holder text,
      claimed_at timestamptz not null default now(),
      touched_at timestamptz not null default now(),
      quiet_for interval not null,
      next_holder text,
      next_seen_at timestamptz
    );
  end if;

  if to_regclass('public.flex_crew_fence_passes') is null then
    create table public.flex_crew_fence_passes (
      element text not null,
      token bigint not null,
      passed_at timestamptz not null default clock_timestamp()
    );
    create index flex_crew_fence_passes_idx on public.flex_crew_fence_passes (element, token);
  end if;

  if to_regclass('public.flex_crew_contacts') is null then
    create table public.flex_crew_contacts (
      element text not null,
      line_item_id text not null,
      placed boolean not null,
      noted_at timestamptz not null default now(),
      primary key (element, line_item_id)
    );
  end if;

  -- Each deletion asks which crew calls are linked to an element.
  if to_regclass('public.flex_crew_calls_element_idx') is null then
    create index flex_crew_calls_element_idx on public.flex_crew_calls (lower(btrim(flex_element_id::text)));
  end if;
end
$migration$;

comment on table public.flex_crew_fences is 'FlexCrew: which run may write to a crew call in Flex';
comment on column public.flex_crew_fences.element is 'flex_crew_calls.flex_element_id, in lower case; one row however many crew calls are linked to it';
comment on column public.flex_crew_fences.token is 'The fencing token: each claim by another run raises it';
comment on column public.flex_crew_fences.holder is 'The run that holds the fence; null when it is free';
comment on column public.flex_crew_fences.claimed_at is 'When the holder claimed it';
comment on column public.flex_crew_fences.touched_at is 'When the holder last proved that it holds it, to an eighth of quiet_for';
comment on column public.flex_crew_fences.quiet_for is 'A holder that was quiet for this long has nothing under way in Flex: another run may claim the fence';
comment on column public.flex_crew_fences.next_holder is 'The run that waits for it and comes next';
comment on column public.flex_crew_fences.next_seen_at is 'When that run last asked';
comment on table public.flex_crew_fence_passes is 'FlexCrew: one row for each attempt to write to Flex that passed the fence';
comment on table public.flex_crew_contacts is 'FlexCrew: who placed a contact of a crew call in Flex';
comment on column public.flex_crew_contacts.element is 'The crew call in Flex, in lower case';
comment on column public.flex_crew_contacts.line_item_id is 'The contact''s line item, in lower case';
comment on column public.flex_crew_contacts.placed is 'True: FlexCrew added it. False: it was there before, and FlexCrew mapped a technician to it';
comment on column public.flex_crew_add_intents.previous_started_at is 'Not used any more';

alter table public.flex_crew_fences enable row level security;
alter table public.flex_crew_fence_passes enable row level security;
alter table public.flex_crew_contacts enable row level security;

do $grants$
declare
  own text;
  grantee text;
begin
  foreach own in array array['flex_crew_fences', 'flex_crew_fence_passes', 'flex_crew_contacts'] loop
    execute format('revoke all on table public.%I from public', own);
    foreach grantee in array array['anon', 'authenticated'] loop
      if exists (select 1 from pg_catalog.pg_roles where rolname = grantee) then
        execute format('revoke all on table public.%I from %I', own, grantee);
      end if;
    end loop;
    if exists (select 1 from pg_catalog.pg_roles where rolname = 'service_role') then
      execute format('grant all on table public.%I to service_role', own);
    end if;
  end loop;
end
$grants$;
