-- A job to try a sync on. Safe to run again: what is there already stays as it is.
--
--   job             10000000-0000-4000-8000-000000000001   "Stage rental demo"
--   crew call sound 20000000-0000-4000-8000-000000000001   Flex element 30000000-0000-4000-8000-000000000001
--   crew call lights …000002                               Flex element …000002
--   sound crew      40000000-0000-4000-8000-000000000101 … 108   Flex resource 50000000-0000-4000-8000-000000000101 … 108
--   lights crew     …000201 … 205                                Flex resource …000201 … 205
--   Noor Visser     …000109   assigned to sound, but without a Flex resource
--   Marta Vidal     60000000-0000-4000-8000-000000000001   management: may sync
--   Leo Prats       …000002                                technician: may not

insert into public.profiles (id, email, first_name, last_name, department, role, flex_resource_id) values
  ('60000000-0000-4000-8000-000000000001', 'marta.vidal@example.com', 'Marta', 'Vidal', null, 'management', null),
  ('60000000-0000-4000-8000-000000000002', 'leo.prats@example.com', 'Leo', 'Prats', null, 'technician', null),
  ('40000000-0000-4000-8000-000000000101', 'ana.ruiz@example.com', 'Ana', 'Ruiz', 'sound', 'technician', '50000000-0000-4000-8000-000000000101'),
  ('40000000-0000-4000-8000-000000000102', 'ben.okafor@example.com', 'Ben', 'Okafor', 'sound', 'technician', '50000000-0000-4000-8000-000000000102'),
  ('40000000-0000-4000-8000-000000000103', 'carla.nunez@example.com', 'Carla', 'Núñez', 'sound', 'house_tech', '50000000-0000-4000-8000-000000000103'),
  ('40000000-0000-4000-8000-000000000104', 'dario.conti@example.com', 'Dario', 'Conti', 'sound', 'technician', '50000000-0000-4000-8000-000000000104'),
  ('40000000-0000-4000-8000-000000000105', 'elif.demir@example.com', 'Elif', 'Demir', 'sound', 'technician', '50000000-0000-4000-8000-000000000105'),
  ('40000000-0000-4000-8000-000000000106', 'fabio.leite@example.com', 'Fábio', 'Leite', 'sound', 'technician', '50000000-0000-4000-8000-000000000106'),
  ('40000000-0000-4000-8000-000000000107', 'greta.holm@example.com', 'Greta', 'Holm', 'sound', 'technician', '50000000-0000-4000-8000-000000000107'),
  ('40000000-0000-4000-8000-000000000108', 'hugo.marin@example.com', 'Hugo', 'Marín', 'sound', 'house_tech', '50000000-0000-4000-8000-000000000108'),
  ('40000000-0000-4000-8000-000000000109', 'noor.visser@example.com', 'Noor', 'Visser', 'sound', 'technician', null),
  ('40000000-0000-4000-8000-000000000201', 'ines.costa@example.com', 'Inês', 'Costa', 'lights', 'technician', '50000000-0000-4000-8000-000000000201'),
  ('40000000-0000-4000-8000-000000000202', 'jon.arrieta@example.com', 'Jon', 'Arrieta', 'lights', 'technician', '50000000-0000-4000-8000-000000000202'),
  ('40000000-0000-4000-8000-000000000203', 'kira.novak@example.com', 'Kira', 'Novák', 'lights', 'house_tech', '50000000-0000-4000-8000-000000000203'),
  ('40000000-0000-4000-8000-000000000204', 'luca.moretti@example.com', 'Luca', 'Moretti', 'lights', 'technician', '50000000-0000-4000-8000-000000000204'),
  ('40000000-0000-4000-8000-000000000205', 'mila.petrova@example.com', 'Mila', 'Petrova', 'lights', 'technician', '50000000-0000-4000-8000-000000000205')
on conflict do nothing;

insert into public.jobs (id, title, start_time, end_time, status) values
  ('10000000-0000-4000-8000-000000000001', 'Stage rental demo', '2027-06-18 08:00+02', '2027-06-20 02:00+02', 'Confirmado')
on conflict do nothing;

insert into public.flex_crew_calls (id, job_id, department, flex_element_id) values
  ('20000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001', 'sound', '30000000-0000-4000-8000-000000000001'),
  ('20000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001', 'lights', '30000000-0000-4000-8000-000000000002')
on conflict do nothing;

insert into public.job_assignments (job_id, technician_id, sound_role, lights_role, status) values
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000101', 'SND-FOH-R', null, 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000102', 'SND-MON-R', null, 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000103', 'SND-SYS-E', null, 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000104', 'SND-RF-E', null, 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000105', 'SND-PA-T', null, 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000106', 'SND-PA-T', null, 'invited'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000107', 'SND-MNT-T', null, 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000108', 'SND-PA-T', null, 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000109', 'SND-PA-T', null, 'invited'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000201', null, 'LGT-BRD-R', 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000202', null, 'LGT-SYS-E', 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000203', null, 'LGT-DIM-E', 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000204', null, 'LGT-PA-T', 'confirmed'),
  ('10000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000205', null, 'LGT-CAN-T', 'invited')
on conflict do nothing;
