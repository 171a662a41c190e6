-- The older schema that the analysis of the race describes: no unique constraint, line items that are text and may be
-- null, ids without a default, one assignment row per date, free-text departments.

create table public.profiles (
  id uuid primary key,
  department text,
  role text,
  flex_resource_id text
);

create table public.jobs (
  id uuid primary key,
  title text
);

create table public.flex_crew_calls (
  id uuid primary key,
  job_id uuid not null references public.jobs (id),
  department text not null,
  flex_element_id text not null,
  created_at timestamptz default now()
);

create table public.flex_crew_assignments (
  id uuid primary key,
  crew_call_id uuid not null references public.flex_crew_calls (id),
  technician_id uuid not null references public.profiles (id),
  flex_line_item_id text,
  created_at timestamptz default now()
);

create table public.job_assignments (
  job_id uuid not null,
  technician_id uuid not null,
  sound_role text,
  lights_role text,
  video_role text,
  single_day boolean default false,
  assignment_date date,
  confirmed boolean default false,
  primary key (job_id, technician_id, assignment_date)
);
