-- Lets the log hold what the drift check found: rows with the status drift. Safe to run again.

do $migration$
begin
  perform set_config('lock_timeout', '5s', true);
  if not exists (
    select from pg_catalog.pg_constraint c
    where c.conrelid = 'public.flex_sync_log'::regclass
      and c.conname = 'flex_sync_log_status_check'
      and pg_catalog.pg_get_constraintdef(c.oid) like '%drift%'
  ) then
    alter table public.flex_sync_log drop constraint if exists flex_sync_log_status_check;
    alter table public.flex_sync_log add constraint flex_sync_log_status_check
      check (status in ('succeeded', 'partial', 'failed', 'coalesced', 'skipped', 'drift'));
  end if;
end
$migration$;

comment on table public.flex_sync_log is 'FlexCrew: the runs of the crew sync, the retries that are due, and what the drift check found';
comment on column public.flex_sync_log.triggered_by is 'The caller''s user id, retry, or drift';
comment on column public.flex_sync_log.status is 'succeeded, partial, failed, coalesced (answered by another run), skipped (nothing to sync), or drift (no run: the drift check found differences)';
comment on column public.flex_sync_log.errors is 'What failed and what became of each technician; of drift: the differences, and gone_at once a check found them gone';
comment on column public.flex_sync_log.started_at is 'When it started; of drift: when it was found first';
comment on column public.flex_sync_log.finished_at is 'When it finished; of drift: when it was last seen';
