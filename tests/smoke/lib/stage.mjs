import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mint } from './fill.mjs';

/** A world to click in: a running host, its database, and the simulated Flex behind it. */
export class Stage {
  constructor({ base, flex, database, supabaseUrl, secret, manager }) {
    Object.assign(this, { base, flex, database, manager });
    this.token = mint({ claims: { sub: manager } }, `${supabaseUrl.replace(/\/+$/, '')}/auth/v1`, secret);
  }

  sql(text) {
    return execFileSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', this.database, '-c', text], { encoding: 'utf8' }).trim();
  }

  async control(method, path, body) {
    const response = await fetch(`${this.flex}/_control${path}`, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  latency(milliseconds) {
    return this.control('PATCH', '/behaviour', { latency: milliseconds });
  }

  /** A job of its own with a sound crew call and so many technicians. */
  async job(count, role = 'SND-PA-T') {
    const [job, crewCall, element] = [randomUUID(), randomUUID(), randomUUID()];
    const crew = Array.from({ length: count }, () => ({ id: randomUUID(), resource: randomUUID() }));
    await this.control('POST', '/crew-calls', { id: element });
    this.sql(`
      insert into public.jobs (id, title, start_time, end_time) values ('${job}', 'Smoke test', now(), now() + interval '1 day');
      insert into public.flex_crew_calls (id, job_id, department, flex_element_id) values ('${crewCall}', '${job}', 'sound', '${element}')`);
    for (const one of crew) this.assign(job, one, role);
    return { job, crewCall, element, crew };
  }

  assign(job, { id, resource }, role = 'SND-PA-T') {
    this.sql(`
      insert into public.profiles (id, email, role, flex_resource_id) values ('${id}', '${id}@example.com', 'technician', '${resource}');
      insert into public.job_assignments (job_id, technician_id, sound_role) values ('${job}', '${id}', '${role}')`);
  }

  unassign(job, { id }) {
    this.sql(`delete from public.job_assignments where job_id = '${job}' and technician_id = '${id}'`);
  }

  /** Clicks; with respond-async the answer comes at once. Milliseconds are the whole request's. */
  async click(job, prefer) {
    const started = performance.now();
    const { status, body } = await this.post('sync-flex-crew-for-job', { job_id: job, departments: ['sound'] }, prefer);
    return { status, body, sound: body.summary?.sound, milliseconds: performance.now() - started };
  }

  /** Calls manage-flex-crew-assignments: one person is placed on the sound crew call, or taken off it. */
  command(job, { id }, action) {
    return this.post('manage-flex-crew-assignments', { job_id: job, technician_id: id, department: 'sound', action });
  }

  async post(name, body, prefer) {
    const response = await fetch(`${this.base}/functions/v1/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...(prefer && { prefer }) },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await this.read(response) };
  }

  /** Polls a run to its end. A host that is away is asked again. */
  async ended(id, atMostSeconds) {
    const until = Date.now() + atMostSeconds * 1000;
    for (;;) {
      try {
        const response = await fetch(`${this.base}/functions/v1/sync-flex-crew-for-job/${id}`, { headers: { authorization: `Bearer ${this.token}` } });
        if (response.status === 200) return await this.read(response);
        await response.text();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
      if (Date.now() > until) throw new Error(`the run ${id} has not ended within ${atMostSeconds} s`);
      await sleep(200);
    }
  }

  /** Every answer is searched for what may never leave the server. */
  async read(response) {
    const text = await response.text();
    const all = [...response.headers.values(), text].join('\n');
    if (/runtime\/webhooks|[?&]code=/.test(all)) throw new Error(`a management URL or key is in an answer: ${all}`);
    return JSON.parse(text);
  }

  async contacts(element) {
    const { lines } = await this.control('GET', `/crew-calls/${element}`);
    return lines.filter(line => line.resourceId).map(line => line.resourceId);
  }

  /** What is wrong with the world: nobody twice, nobody missing, nobody too many, in Flex and in the table. */
  async wrongs({ crewCall, element, crew }) {
    const contacts = await this.contacts(element);
    const rows = this.sql(`select technician_id from public.flex_crew_assignments where crew_call_id = '${crewCall}'`).split('\n').filter(Boolean);
    return [...compare('Flex', contacts, crew.map(one => one.resource)), ...compare('the table', rows, crew.map(one => one.id))];
  }

  requests(element) {
    return this.control('GET', `/log?crewCall=${element}`);
  }
}

export const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

export async function until(what, condition, seconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

function* compare(where, actual, expected) {
  const distinct = new Set(actual);
  if (distinct.size < actual.length) yield `${actual.length - distinct.size} are twice in ${where}`;
  const missing = expected.filter(one => !distinct.has(one));
  if (missing.length > 0) yield `${missing.length} are missing in ${where}`;
  const extra = [...distinct].filter(one => !expected.includes(one));
  if (extra.length > 0) yield `${extra.length} are too many in ${where}`;
}
