-- Two weeks of runs of the season, for season.sql: the same every time, but for the dates.

create temporary table hours on commit drop as
select date_trunc('hour', now()) - make_interval(hours => h) as at, h
from generate_series(1, 14 * 24) as h;

-- More clicks by day than by night, many more where a festival is built up, an outage of an hour six days ago.
insert into public.flex_sync_log
  (job_id, department, crew_call_id, instance_id, correlation_id, triggered_by, status, added_count, removed_count, kept_count, failed_count,
   roles_set, flex_requests, duration_ms, errors, attempt, started_at, finished_at)
select demo.id('1', run.job), run.department, run.crew_call, md5('run' || run.seed), md5('click' || run.seed),
       case when run.status = 'failed' and demo.dice('retry' || run.seed) < 0.5 then 'retry'
            when demo.dice('who' || run.seed) < 0.6 then demo.id('6', 1)::text else demo.id('6', 4)::text end,
       run.status, run.added, run.removed, case when run.status in ('failed', 'coalesced') then 0 else 3 + (demo.dice('kept' || run.seed) * 5)::int end,
       case when run.status in ('failed', 'partial') then 1 else 0 end, run.added, run.requests,
       (case run.status when 'failed' then 21000 * (0.4 + 0.3 * demo.dice('slow' || run.seed))
                        else 190 + 480 * run.added + 1400 * power(demo.dice('time' || run.seed), 4) + 4500 * power(demo.dice('tail' || run.seed), 24) end)::bigint,
       case run.status when 'failed' then jsonb_build_object('errors', jsonb_build_array('Flex listing failed: Flex answered HTTP 503'), 'technicians', '[]'::jsonb)
                       when 'partial' then jsonb_build_object('errors', jsonb_build_array(format(
                         'Add failed for tech %s: Flex answered HTTP 409: The document is locked by another user', demo.id('4', 105))), 'technicians', '[]'::jsonb) end,
       1, run.at, run.at + interval '2 s'
from (
  select h.at + make_interval(secs => demo.dice('at' || seed.seed) * 3500) as at, seed.seed, call.job, call.department, call.id as crew_call,
         status.status,
         case when status.status in ('succeeded', 'partial') then (demo.dice('added' || seed.seed) ^ 3 * 7)::int else 0 end as added,
         case when status.status = 'succeeded' and demo.dice('removed' || seed.seed) > 0.75 then 1 else 0 end as removed,
         case when status.status = 'coalesced' then 0 else 1 + 2 * (demo.dice('added' || seed.seed) ^ 3 * 7)::int + (demo.dice('busy' || seed.seed) * 3)::int
           + case when h.h between 178 and 183 then 50 else (demo.dice('day' || h.at::date) ^ 3 * 40 * demo.dice('big' || seed.seed))::int end end as requests
  from hours h
  cross join lateral generate_series(1, (case
    when extract(hour from h.at) between 9 and 19 then 1.2 + 4 * demo.dice('many' || h.h) when extract(hour from h.at) < 7 then 0.3 else 1 end
    * case when h.h between 178 and 183 then 5 else 1 end)::int) as n
  cross join lateral (select h.h || '/' || n as seed) seed
  cross join lateral (select case
    when h.h = 140 then case when demo.dice('out' || seed.seed) < 0.8 then 'failed' else 'succeeded' end
    when demo.dice('status' || seed.seed) < 0.05 then 'coalesced' when demo.dice('status' || seed.seed) < 0.075 then 'partial'
    when demo.dice('status' || seed.seed) < 0.085 then 'failed' else 'succeeded' end as status) status
  cross join lateral (select * from call order by md5(seed.seed || call.id) limit 1) call
) run
where run.at < now() - interval '1 hour';

-- The newest run of each crew call tells how it stands.
insert into public.flex_sync_log
  (job_id, department, crew_call_id, instance_id, correlation_id, triggered_by, status, kept_count, failed_count, flex_requests, duration_ms,
   errors, attempt, started_at, finished_at)
select demo.id('1', call.job), call.department, call.id, md5('newest' || call.id), md5('newest click' || call.id), demo.id('6', 1)::text,
       case when (call.job, call.department) = (107, 'sound') then 'partial' when call.job = 109 then 'failed' else 'succeeded' end,
       case when call.job = 109 then 0 else 3 end, case when call.job in (107, 109) and call.department = 'sound' then 1 else 0 end, 1, 240 + call.job,
       case when (call.job, call.department) = (107, 'sound') then jsonb_build_object(
              'errors', jsonb_build_array(format('Add failed for tech %s: Flex answered HTTP 404: There is no such resource', demo.id('4', 118))),
              'diagnostics', jsonb_build_array(format('tech %s: the profile has no Flex resource id, so it cannot be on the crew call', demo.id('4', 109))),
              'technicians', jsonb_build_array(jsonb_build_object('technician_id', demo.id('4', 118), 'outcome', 'add failed')))
            when call.job = 109 then jsonb_build_object('errors', jsonb_build_array(
              'Flex listing failed: Flex answered HTTP 409: The document is locked by another user'), 'technicians', '[]'::jsonb) end,
       case when call.job = 109 then 5 else 1 end,
       now() - make_interval(mins => 30 + (call.job - 100) * 2), now() - make_interval(mins => 30 + (call.job - 100) * 2)
from call
where (call.job, call.department) not in ((102, 'sound'), (110, 'sound'));

-- What last night's drift check found, where the log takes such rows.
do $drift$
begin
  if not exists (select from pg_constraint where conname = 'flex_sync_log_status_check' and pg_get_constraintdef(oid) like '%drift%') then
    return;
  end if;
  insert into public.flex_sync_log
    (job_id, department, crew_call_id, instance_id, correlation_id, triggered_by, status, failed_count, flex_requests, duration_ms, errors, started_at, finished_at)
  select demo.id('1', found.job), 'sound', demo.id('2', found.job * 10 + 1), md5('drift' || found.job), md5('drift check' || found.job), 'drift', 'drift',
         0, 1, 180 + found.job, jsonb_build_object('differences', jsonb_agg(jsonb_build_object(
           'kind', found.kind, 'technician_id', demo.id('4', found.technician), 'name', p.first_name || ' ' || p.last_name, 'text', found.text))),
         now() - interval '20 min', now() - interval '20 min'
  from (values
    (103, 111, 'contact_gone', 'The table maps a contact that Flex no longer has.'), (103, 113, 'contact_gone', 'The table maps a contact that Flex no longer has.'),
    (104, 116, 'not_desired', 'In the crew call, but not assigned.'), (105, 106, 'duplicate', 'More than once in Flex.'),
    (105, 107, 'duplicate', 'More than once in Flex.'), (111, 106, 'other_resource', 'The table maps a contact of another resource.'),
    (111, 114, 'role_missing', 'The contact has no business role.')
  ) as found (job, technician, kind, text)
  left join public.profiles p on p.id = demo.id('4', found.technician)
  group by found.job;
end
$drift$;
