-- The tables of production that FlexCrew reads and writes, for a plain PostgreSQL: only the columns that matter here.
-- Production has them already, so this is no migration. Safe to run again.

do $types$
begin
  if to_regtype('public.user_role') is null then
    create type public.user_role as enum
      ('admin', 'user', 'management', 'logistics', 'technician', 'house_tech', 'wallboard', 'oscar');
  end if;
  if to_regtype('public.assignment_status') is null then
    create type public.assignment_status as enum ('invited', 'confirmed', 'declined');
  end if;
  if to_regtype('public.job_type') is null then
    create type public.job_type as enum
      ('single', 'tour', 'festival', 'dryhire', 'tourdate', 'evento', 'ciclo');
  end if;
  if to_regtype('public.job_status') is null then
    create type public.job_status as enum ('Tentativa', 'Confirmado', 'Completado', 'Cancelado');
  end if;
end
$types$;

do $tables$
begin
  if to_regclass('public.flex_crew_assignments') is not null then
    return;
  end if;

  create table public.profiles (
    id uuid primary key,
    email text not null unique,
    first_name text,
    last_name text,
    department text,
    role public.user_role not null default 'technician',
    flex_user_id text,
    flex_id text,
    flex_resource_id text,
    assignable_as_tech boolean not null default false,
    created_at timestamptz not null default now()
  );

  create table public.jobs (
    id uuid primary key default gen_random_uuid(),
    title text not null,
    start_time timestamptz not null,
    end_time timestamptz not null,
    status public.job_status default 'Tentativa',
    job_type public.job_type not null default 'single',
    timezone text default 'Europe/Madrid',
    flex_folders_created boolean default false,
    created_at timestamptz default now()
  );

  create table public.job_assignments (
    id uuid primary key default gen_random_uuid(),
    job_id uuid not null references public.jobs (id) on delete cascade,
    technician_id uuid not null,
    assigned_by uuid,
    assigned_at timestamptz default now(),
    sound_role text,
    lights_role text,
    video_role text,
    production_role text,
    status public.assignment_status default 'invited',
    response_time timestamptz,
    assignment_source text default 'direct' check (assignment_source in ('direct', 'tour', 'staffing')),
    single_day boolean not null default false,
    assignment_date date,
    constraint job_assignments_technician_id_fkey
      foreign key (technician_id) references public.profiles (id) on delete cascade
  );
  create unique index job_assignments_unique on public.job_assignments (job_id, technician_id);

  create table public.flex_crew_calls (
    id uuid primary key default gen_random_uuid(),
    job_id uuid not null references public.jobs (id) on delete cascade,
    department text not null,
    flex_element_id uuid not null,
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    constraint flex_crew_calls_department_check check (department in ('sound', 'lights')),
    constraint flex_crew_calls_job_id_department_key unique (job_id, department)
  );

  create table public.flex_crew_assignments (
    id uuid primary key default gen_random_uuid(),
    crew_call_id uuid not null references public.flex_crew_calls (id) on delete cascade,
    technician_id uuid not null references public.profiles (id) on delete cascade,
    flex_line_item_id uuid not null,
    created_at timestamptz default now(),
    constraint flex_crew_assignments_crew_call_id_technician_id_key unique (crew_call_id, technician_id)
  );
  create index idx_flex_crew_assignments_crew_call on public.flex_crew_assignments (crew_call_id);
  create index idx_flex_crew_assignments_technician on public.flex_crew_assignments (technician_id);

  create function public.set_updated_at() returns trigger language plpgsql as
    'begin new.updated_at := now(); return new; end';
  create trigger update_flex_crew_calls_updated_at before update on public.flex_crew_calls
    for each row execute function public.set_updated_at();
end
$tables$;
