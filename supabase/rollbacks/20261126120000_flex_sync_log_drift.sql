-- Takes 20261126120000_flex_sync_log_drift back. What the drift check found goes: the log has no status for it any more.

do $rollback$
begin
  perform set_config('lock_timeout', '5s', true);
  if to_regclass('public.flex_sync_log') is null or not exists (
    select from pg_catalog.pg_constraint c
    where c.conrelid = to_regclass('public.flex_sync_log')
      and c.conname = 'flex_sync_log_status_check'
      and pg_catalog.pg_get_constraintdef(c.oid) like '%drift%'
  ) then
    return;
  end if;
  delete from public.flex_sync_log where status = 'drift';
  alter table public.flex_sync_log drop constraint flex_sync_log_status_check;
  alter table public.flex_sync_log add constraint flex_sync_log_status_check
    check (status in ('succeeded', 'partial', 'failed', 'coalesced', 'skipped'));
  comment on table public.flex_sync_log is 'FlexCrew: the runs of the crew sync, and the retries that are due';
  comment on column public.flex_sync_log.triggered_by is 'The caller''s user id, or retry';
  comment on column public.flex_sync_log.status is 'succeeded, partial, failed, coalesced (answered by another run) or skipped (nothing to sync)';
  comment on column public.flex_sync_log.errors is 'What failed and what became of each technician';
  comment on column public.flex_sync_log.started_at is null;
  comment on column public.flex_sync_log.finished_at is null;
end
$rollback$;
