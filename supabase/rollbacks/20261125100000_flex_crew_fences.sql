-- Takes 20261125100000_flex_crew_fences back. Runs that are under way could not write any more: stop FlexCrew first.

do $rollback$
begin
  perform set_config('lock_timeout', '5s', true);
  drop table if exists public.flex_crew_fences;
  drop table if exists public.flex_crew_fence_passes;
  drop table if exists public.flex_crew_contacts;
  drop index if exists public.flex_crew_calls_element_idx;
end
$rollback$;
