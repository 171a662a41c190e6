-- Takes 20261122100200_flex_crew_add_intents back. Open intents go with the table: stop FlexCrew first.

do $rollback$
begin
  perform set_config('lock_timeout', '5s', true);
  if to_regclass('public.flex_crew_add_intents') is not null then
    drop table public.flex_crew_add_intents;
  end if;
end
$rollback$;
