-- Tells what kind of run a row of the log is of: a sync, or a command for one person, and for whom. The retry of a command is
-- that command again. Safe to run again; a program that does not know the columns goes on to write syncs.

do $migration$
begin
  perform set_config('lock_timeout', '5s', true);
  alter table public.flex_sync_log
    add column if not exists kind text not null default 'sync',
    add column if not exists technician_id uuid;
  if not exists (
    select 1 from pg_catalog.pg_constraint
    where conrelid = 'public.flex_sync_log'::regclass and conname = 'flex_sync_log_kind_check'
  ) then
    alter table public.flex_sync_log add constraint flex_sync_log_kind_check
      check ((kind = 'sync' and technician_id is null) or (kind in ('add', 'remove') and technician_id is not null));
  end if;
end
$migration$;

comment on column public.flex_sync_log.kind is 'sync, or the command for one person: add or remove';
comment on column public.flex_sync_log.technician_id is 'The person of a command; null for a sync';
comment on column public.flex_sync_log.triggered_by is 'The caller''s user id, or retry, or service';
