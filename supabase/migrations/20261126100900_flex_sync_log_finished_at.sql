-- Lets the requests to Flex of the last hour and day be summed without a look at the whole log. Safe to run again.

do $migration$
begin
  perform set_config('lock_timeout', '5s', true);
  create index if not exists flex_sync_log_finished_at_idx
    on public.flex_sync_log (finished_at) include (flex_requests);
end
$migration$;
