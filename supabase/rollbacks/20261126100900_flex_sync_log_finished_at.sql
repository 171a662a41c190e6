-- Takes 20261126100900_flex_sync_log_finished_at back.

do $rollback$
begin
  perform set_config('lock_timeout', '5s', true);
  drop index if exists public.flex_sync_log_finished_at_idx;
end
$rollback$;
