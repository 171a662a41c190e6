-- Takes 20261122100100_flex_sync_log back. The log and the retries that are due go with the table.

do $rollback$
begin
  perform set_config('lock_timeout', '5s', true);
  if to_regclass('public.flex_sync_log') is not null then
    drop table public.flex_sync_log;
  end if;
end
$rollback$;
