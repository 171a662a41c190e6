-- One row per run of a department's sync. Rows that ended partial or failed are also the retry queue: next_retry_at.
-- No foreign keys: the log outlives the job that it tells of. Safe to run again.

do $migration$
begin
  if to_regclass('public.flex_sync_log') is null then
    create table public.flex_sync_log (
      id uuid primary key default gen_random_uuid(),
      job_id uuid not null,
      department text not null,
      crew_call_id uuid,
      instance_id text not null,
      correlation_id text not null,
      triggered_by text not null,
      status text not null,
      added_count integer not null default 0,
      removed_count integer not null default 0,
      kept_count integer not null default 0,
      failed_count integer not null default 0,
      roles_set integer not null default 0,
      flex_requests integer not null default 0,
      duration_ms bigint not null default 0,
      errors jsonb,
      prune_orphans boolean not null default true,
      attempt integer not null default 1,
      next_retry_at timestamptz,
      started_at timestamptz not null,
      finished_at timestamptz not null,
      constraint flex_sync_log_instance_department_key unique (instance_id, department),
      constraint flex_sync_log_status_check
        check (status in ('succeeded', 'partial', 'failed', 'coalesced', 'skipped'))
    );
    create index flex_sync_log_job_department_started_at_idx
      on public.flex_sync_log (job_id, department, started_at desc);
    create index flex_sync_log_next_retry_at_idx
      on public.flex_sync_log (next_retry_at) where next_retry_at is not null;
  end if;
end
$migration$;

comment on table public.flex_sync_log is 'FlexCrew: the runs of the crew sync, and the retries that are due';
comment on column public.flex_sync_log.job_id is 'The job';
comment on column public.flex_sync_log.department is 'The department, lower case';
comment on column public.flex_sync_log.crew_call_id is 'flex_crew_calls.id; null when none was mapped or the run did not get so far';
comment on column public.flex_sync_log.instance_id is 'The id of the run, as the status route knows it; one row per run and department';
comment on column public.flex_sync_log.correlation_id is 'x-correlation-id of the request; every log line and Flex request of the run carries it';
comment on column public.flex_sync_log.triggered_by is 'The caller''s user id, or retry';
comment on column public.flex_sync_log.status is 'succeeded, partial, failed, coalesced (answered by another run) or skipped (nothing to sync)';
comment on column public.flex_sync_log.failed_count is 'Things that failed; errors says which';
comment on column public.flex_sync_log.flex_requests is 'Requests sent to Flex';
comment on column public.flex_sync_log.duration_ms is 'Milliseconds from start to finish, the wait for the lease included';
comment on column public.flex_sync_log.errors is 'What failed and what became of each technician';
comment on column public.flex_sync_log.prune_orphans is 'Whether the run was to prune contacts that FlexCrew did not place';
comment on column public.flex_sync_log.attempt is 'The newest attempt of this run''s request: 1 is the click; claiming a retry counts it up';
comment on column public.flex_sync_log.next_retry_at is 'When the run is to be tried again; null when it is not';

alter table public.flex_sync_log enable row level security;

do $grants$
declare
  grantee text;
begin
  revoke all on table public.flex_sync_log from public;
  foreach grantee in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_catalog.pg_roles where rolname = grantee) then
      execute format('revoke all on table public.flex_sync_log from %I', grantee);
    end if;
  end loop;
  if exists (select 1 from pg_catalog.pg_roles where rolname = 'service_role') then
    grant all on table public.flex_sync_log to service_role;
  end if;
  if exists (select 1 from pg_catalog.pg_roles where rolname = 'authenticated')
     and to_regprocedure('public.get_current_user_role()') is not null
  then
    grant select on table public.flex_sync_log to authenticated;
    if not exists (
      select 1 from pg_catalog.pg_policies
      where schemaname = 'public' and tablename = 'flex_sync_log' and policyname = 'flex_sync_log_read'
    ) then
      create policy flex_sync_log_read on public.flex_sync_log
        for select to authenticated
        using ((select public.get_current_user_role())::text in ('admin', 'management'));
    end if;
  end if;
end
$grants$;
