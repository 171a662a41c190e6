-- A season to try the console on: thirty technicians, fourteen jobs, one in every state that needs a look, two weeks of
-- history. Begins anew each time, since the simulated Flex does too; other rows are left alone. pg_apply runs it as one transaction.
--
-- What each crew is stands in one table below. From it come the assignments, the rows of flex_crew_assignments, and what the
-- simulated Flex is told: demo.simulator has the requests for its control API, in their order.

set local client_min_messages = warning;
create schema if not exists demo;
drop view if exists demo.simulator;
drop table if exists demo.contacts;

create or replace function demo.id(kind text, number bigint) returns uuid language sql immutable as
  $$ select (kind || '0000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid $$;
-- The k-th line item of a technician in a crew call.
create or replace function demo.line(job int, department text, technician int, k int) returns uuid language sql immutable as
  $$ select md5(concat_ws('/', 'line', job, department, technician, k))::uuid $$;
-- A number from 0 to 1 that is the same every time.
create or replace function demo.dice(seed text) returns float8 language sql immutable as
  $$ select ('x' || substr(md5(seed), 1, 8))::bit(32)::bigint / 4294967296.0 $$;

insert into public.profiles (id, email, first_name, last_name, department, role, flex_resource_id)
select demo.id('4', number), lower(translate(first || '.' || last, 'áéíóúñ ', 'aeioun-')) || '@example.com', first, last, department, 'technician',
       case when number <> 118 then demo.id('5', number)::text else '50000000-0000-4000-8000-00000000O118' end
from (values
  (110, 'Irene', 'Campos', 'sound'), (111, 'Joan', 'Riera', 'sound'), (112, 'Koldo', 'Etxebarria', 'sound'), (113, 'Lucía', 'Ferrer', 'sound'),
  (114, 'Mateo', 'Salas', 'sound'), (115, 'Nuria', 'Prieto', 'sound'), (116, 'Óscar', 'Blanco', 'sound'), (117, 'Paula', 'Gil', 'sound'),
  (118, 'Iker', 'Zabala', 'sound'),
  (206, 'Raúl', 'Cano', 'lights'), (207, 'Sara', 'Montes', 'lights'), (208, 'Tomás', 'Vega', 'lights'), (209, 'Úrsula', 'Pons', 'lights'),
  (210, 'Víctor', 'Lara', 'lights'), (211, 'Ximena', 'Rojas', 'lights'), (212, 'Yago', 'Otero', 'lights'), (213, 'Zoe', 'Bravo', 'lights')
) as person (number, first, last, department)
on conflict do nothing;
insert into public.profiles (id, email, first_name, last_name, role) values
  (demo.id('6', 3), 'olga.sanz@example.com', 'Olga', 'Sanz', 'admin'),
  (demo.id('6', 4), 'pablo.ibarra@example.com', 'Pablo', 'Ibarra', 'management')
on conflict do nothing;

create temporary table season on commit drop as
select * from (values
  (101, 'Festival Río Vivo', 3, 3), (102, 'Gira Marea · Bilbao', 1, 1), (103, 'Gira Marea · Valencia', 4, 1),
  (104, 'Teatro Romano: Medea', 5, 4), (105, 'Concierto Plaza Mayor', 2, 1), (106, 'Congreso Salud 2030', 7, 2),
  (107, 'Feria del Vino', 6, 3), (108, 'Ópera en el Parque', 9, 2), (109, 'Maratón de Otoño', 8, 1),
  (110, 'Gala Premios Alba', 10, 1), (111, 'Boda en la Finca Las Encinas', 11, 1), (112, 'Presentación Auto Norte', 12, 1),
  (113, 'Verbena de San Juan', -9, 1), (114, 'Ciclo de Jazz', -3, 2)
) as job (job, title, in_days, days);

-- role: null for whoever is not assigned. row: 'own', 'gone' (a line item that Flex does not have), a number (the contact of
-- that technician), or null. contacts: how many Flex has. placed: whether they have their business role.
create temporary table crew on commit drop as
select * from (values
  -- In order.
  (101, 'sound', 101, 'SND-FOH-R', 'own', 1, true), (101, 'sound', 102, 'SND-MON-R', 'own', 1, true), (101, 'sound', 103, 'SND-SYS-E', 'own', 1, true),
  (101, 'sound', 104, 'SND-RF-E', 'own', 1, true), (101, 'sound', 105, 'SND-PA-T', 'own', 1, true), (101, 'sound', 110, 'SND-PA-T', 'own', 1, true),
  (101, 'lights', 201, 'LGT-BRD-R', 'own', 1, true), (101, 'lights', 202, 'LGT-SYS-E', 'own', 1, true), (101, 'lights', 206, 'LGT-PA-T', 'own', 1, true),
  -- Nobody of sound is there yet.
  (102, 'sound', 101, 'SND-FOH-R', null, 0, true), (102, 'sound', 111, 'SND-MON-R', null, 0, true), (102, 'sound', 112, 'SND-SYS-E', null, 0, true),
  (102, 'sound', 113, 'SND-PA-T', null, 0, true), (102, 'sound', 114, 'SND-PA-T', null, 0, true),
  (102, 'lights', 203, 'LGT-BRD-R', 'own', 1, true), (102, 'lights', 207, 'LGT-DIM-E', 'own', 1, true),
  -- Two contacts were deleted in Flex by hand: their rows are stale.
  (103, 'sound', 101, 'SND-FOH-R', 'own', 1, true), (103, 'sound', 111, 'SND-MON-R', 'gone', 0, true), (103, 'sound', 112, 'SND-SYS-E', 'own', 1, true),
  (103, 'sound', 113, 'SND-PA-T', 'gone', 0, true), (103, 'lights', 203, 'LGT-BRD-R', 'own', 1, true), (103, 'lights', 207, 'LGT-DIM-E', 'own', 1, true),
  -- Orphans: somebody added two people in Flex only; one of them has no profile.
  (104, 'sound', 102, 'SND-FOH-R', 'own', 1, true), (104, 'sound', 115, 'SND-PA-T', 'own', 1, true), (104, 'sound', 116, null, null, 1, true),
  (104, 'sound', 901, null, null, 1, true), (104, 'lights', 204, 'LGT-BRD-R', 'own', 1, true), (104, 'lights', 208, 'LGT-PA-T', 'own', 1, true),
  -- Two people are twice in Flex.
  (105, 'sound', 103, 'SND-FOH-R', 'own', 1, true), (105, 'sound', 106, 'SND-MON-E', 'own', 2, true), (105, 'sound', 107, 'SND-PA-T', 'own', 2, true),
  (105, 'sound', 117, 'SND-PA-T', 'own', 1, true), (105, 'lights', 205, 'LGT-BRD-R', 'own', 1, true),
  -- Lights have no crew call.
  (106, 'sound', 108, 'SND-FOH-R', 'own', 1, true), (106, 'sound', 110, 'SND-PA-T', 'own', 1, true),
  (106, 'lights', 209, 'LGT-BRD-R', null, 0, true), (106, 'lights', 210, 'LGT-PA-T', null, 0, true),
  -- Noor has no resource id, and Iker's is mistyped: Flex knows no such resource.
  (107, 'sound', 104, 'SND-FOH-R', 'own', 1, true), (107, 'sound', 105, 'SND-PA-T', 'own', 1, true), (107, 'sound', 109, 'SND-PA-T', null, 0, true),
  (107, 'sound', 118, 'SND-RF-E', null, 0, true), (107, 'lights', 211, 'LGT-BRD-R', 'own', 1, true),
  -- Sound and lights are linked to the same crew call in Flex.
  (108, 'sound', 102, 'SND-FOH-R', 'own', 1, true), (108, 'sound', 115, 'SND-PA-T', 'own', 1, true),
  (108, 'lights', 212, 'LGT-BRD-R', 'own', 1, true), (108, 'lights', 213, 'LGT-PA-T', null, 0, true),
  -- Flex refuses to show this crew call.
  (109, 'sound', 116, 'SND-FOH-R', 'own', 1, true), (109, 'sound', 117, 'SND-PA-T', 'own', 1, true),
  -- A colleague is at work on this one, in a crew call where Flex is slow: demo.change_crew.
  (110, 'sound', 101, 'SND-FOH-R', 'own', 1, true), (110, 'sound', 102, 'SND-MON-R', 'own', 1, true), (110, 'sound', 103, 'SND-SYS-E', null, 0, true),
  (110, 'lights', 201, 'LGT-BRD-R', 'own', 1, true), (110, 'lights', 206, 'LGT-PA-T', 'own', 1, true),
  -- A row maps the contact of somebody else, one person is in Flex but not in the table, and one has no business role.
  (111, 'sound', 106, 'SND-FOH-R', '107', 1, true), (111, 'sound', 107, 'SND-MON-E', null, 1, true), (111, 'sound', 114, 'SND-PA-T', 'own', 1, false),
  -- The usual click: one left, two came.
  (112, 'sound', 108, null, 'own', 1, true), (112, 'sound', 103, 'SND-FOH-R', 'own', 1, true), (112, 'sound', 110, 'SND-MON-E', 'own', 1, true),
  (112, 'sound', 116, 'SND-PA-T', null, 0, true), (112, 'sound', 117, 'SND-PA-T', null, 0, true),
  (112, 'lights', 202, 'LGT-BRD-R', 'own', 1, true), (112, 'lights', 210, 'LGT-PA-T', 'own', 1, true),
  -- Over.
  (113, 'sound', 101, 'SND-FOH-R', 'own', 1, true), (113, 'sound', 105, 'SND-PA-T', 'own', 1, true), (113, 'lights', 201, 'LGT-BRD-R', 'own', 1, true),
  (114, 'sound', 102, 'SND-FOH-R', 'own', 1, true), (114, 'lights', 204, 'LGT-BRD-R', 'own', 1, true)
) as member (job, department, technician, role, row, contacts, placed);

create temporary table call on commit drop as
select job, department, demo.id('2', job * 10 + d) as id, demo.id('3', job * 10 + case when job = 108 then 1 else d end) as element
from (select distinct job, department, case department when 'sound' then 1 else 2 end as d from crew) each
where (job, department) <> (106, 'lights');

delete from public.flex_sync_log where job_id in (select demo.id('1', job) from season);
delete from public.jobs where id in (select demo.id('1', job) from season);

insert into public.jobs (id, title, start_time, end_time, status)
select demo.id('1', job), title, date_trunc('day', now()) + make_interval(days => in_days, hours => 9),
       date_trunc('day', now()) + make_interval(days => in_days + days, hours => 2),
       case when in_days < 0 then 'Completado' when in_days < 9 then 'Confirmado' else 'Tentativa' end::public.job_status
from season;
insert into public.flex_crew_calls (id, job_id, department, flex_element_id) select id, demo.id('1', job), department, element from call;
insert into public.job_assignments (job_id, technician_id, sound_role, lights_role, status)
select demo.id('1', job), demo.id('4', technician), case department when 'sound' then role end, case department when 'lights' then role end, 'confirmed'
from crew where role is not null;
insert into public.flex_crew_assignments (crew_call_id, technician_id, flex_line_item_id)
select call.id, demo.id('4', technician), case row
         when 'own' then demo.line(job, department, technician, 1)
         when 'gone' then demo.line(job, department, technician, 9)
         else demo.line(job, department, row::int, 1) end
from crew join call using (job, department) where row is not null;

create table demo.contacts as
select call.element, demo.line(crew.job, crew.department, crew.technician, k) as line, crew.technician, k,
       coalesce(p.flex_resource_id, demo.id('5', crew.technician)::text) as resource,
       coalesce(p.first_name || ' ' || p.last_name, 'Rosa Abad') as name,
       case when crew.placed and crew.department = 'sound' and k = 1 then case right(coalesce(crew.role, 'T'), 1)
         when 'R' then '2916b300-c515-11ea-a087-2a0a4490a7fb' when 'E' then 'b18a5bcc-59fa-4956-917f-0d1816d7d9b3'
         else '2f6cf050-c5c1-11ea-a087-2a0a4490a7fb' end end as business_role
from crew
join call using (job, department)
cross join lateral generate_series(1, crew.contacts) as k
left join public.profiles p on p.id = demo.id('4', crew.technician);

create view demo.simulator as
select 1 as step, 0 as technician, 0 as k, '/crew-calls' as path, json_build_object('id', c.flex_element_id, 'name', min(j.title)) as body
from public.flex_crew_calls c join public.jobs j on j.id = c.job_id
where c.job_id between demo.id('1', 101) and demo.id('1', 199)
group by c.flex_element_id
union all
select 2, technician, k, '/crew-calls/' || element || '/lines',
       json_build_object('id', line, 'resourceId', resource, 'businessRole', business_role, 'name', name)
from demo.contacts
union all
select 3, 0, 0, '/faults', json_build_object('on', 'reads', 'crewCall', demo.id('3', 1091), 'fault', json_build_object(
  'kind', 'status', 'status', 409, 'body', '{"exceptionMessage":"The document is locked by another user"}'))
union all
select 3, 0, 1, '/faults', json_build_object('on', 'add-resource', 'path', 'add-resource/' || flex_resource_id, 'fault', json_build_object(
  'kind', 'status', 'status', 404, 'body', '{"exceptionMessage":"There is no such resource"}'))
from public.profiles where id = demo.id('4', 118)
union all
select 3, 0, 2, '/faults', json_build_object('on', 'writes', 'crewCall', demo.id('3', 1101), 'fault', json_build_object(
  'kind', 'delay', 'for', 14000));

-- Takes one person off the colleague's job, or puts them back.
create or replace function demo.change_crew() returns void language plpgsql as $change$
begin
  delete from public.job_assignments where job_id = demo.id('1', 110) and technician_id = demo.id('4', 103);
  if not found then
    insert into public.job_assignments (job_id, technician_id, sound_role, status)
    values (demo.id('1', 110), demo.id('4', 103), 'SND-SYS-E', 'confirmed');
  end if;
end
$change$;

\ir season-history.sql
