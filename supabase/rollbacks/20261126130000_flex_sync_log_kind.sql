-- Takes 20261126130000_flex_sync_log_kind back. The rows of commands go with the columns: a retry of theirs would be taken for a sync.

do $rollback$
begin
  perform set_config('lock_timeout', '5s', true);
  if exists (
    select 1 from pg_catalog.pg_attribute
    where attrelid = to_regclass('public.flex_sync_log') and attname = 'kind' and not attisdropped
  ) then
    delete from public.flex_sync_log where kind <> 'sync';
    alter table public.flex_sync_log
      drop constraint if exists flex_sync_log_kind_check,
      drop column kind,
      drop column technician_id;
    comment on column public.flex_sync_log.triggered_by is 'The caller''s user id, or retry';
  end if;
end
$rollback$;
