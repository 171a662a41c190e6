#!/usr/bin/env node
// The web app's call, from a real browser: supabase-js in Chromium, on a page of another origin than the host.
//
//   node tests/browser/drop-in.mjs --base URL --flex URL --database URL --manager UUID --technician UUID
//
// SUPABASE_URL and SUPABASE_JWT_SECRET are the host's. Ends with `N passed, N failed, N skipped`, and with 1 when something failed.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { Stage } from '../smoke/lib/stage.mjs';

const { values: options } = parseArgs({
  options: Object.fromEntries(['base', 'flex', 'database', 'manager', 'technician'].map(name => [name, { type: 'string' }])),
});
const settings = { supabaseUrl: process.env.SUPABASE_URL ?? '', secret: process.env.SUPABASE_JWT_SECRET ?? '' };
const stage = new Stage({ ...options, ...settings });
const technician = new Stage({ ...options, ...settings, manager: options.technician });

const library = readFileSync(new URL('node_modules/@supabase/supabase-js/dist/umd/supabase.js', import.meta.url));
const server = http.createServer((request, response) => {
  const isLibrary = request.url === '/supabase.js';
  response.writeHead(200, { 'content-type': isLibrary ? 'text/javascript' : 'text/html; charset=utf-8' });
  response.end(isLibrary ? library : '<!doctype html><title>crew</title><link rel="icon" href="data:,"><script src="/supabase.js"></script>');
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const page = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** What a browser that is signed in as `token` gets and sends; the session lies where the web app's lies. */
async function invoke(token, body, { headers = {}, base = options.base, way = 'project', poll = false, name = 'sync-flex-crew-for-job' } = {}) {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    const sent = [];
    tab.on('request', request => request.url().includes('/functions/v1/') && sent.push(request));
    await tab.goto(page);
    const result = await tab.evaluate(async ({ token, body, headers, base, way, poll, name }) => {
      const project = way === 'project' ? base : 'http://127.0.0.1:9';
      const claims = token && JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
      if (token) {
        localStorage.setItem('sb-127-auth-token', JSON.stringify({
          access_token: token, refresh_token: 'none', token_type: 'bearer', expires_in: 3600, expires_at: claims.exp, user: { id: claims.sub },
        }));
      }
      const moved = (url, init) => fetch(String(url).replace(/^.*(?=\/functions\/v1\/(sync-flex-crew-for-job|manage-flex-crew-assignments))/, base), init);
      const client = supabase.createClient(project, 'an-anon-key', way === 'fetch' ? { global: { fetch: moved } } : {});
      if (way === 'functionsUrl') client.functionsUrl = new URL('functions/v1', `${base}/`);

      const { data, error } = await client.functions.invoke(name, { body, headers });
      const answer = error?.context instanceof Response ? error.context : null;
      const polled = [];
      for (let status = 202; poll && status === 202;) {
        const response = await fetch(data.statusQueryGetUri, { headers: { authorization: `Bearer ${token}` } });
        status = response.status;
        polled.push({ status, retryAfter: response.headers.get('retry-after'), correlation: response.headers.get('x-correlation-id'), body: await response.json() });
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      return { data, polled, error: error && { name: error.name, message: error.message, status: answer?.status, body: await answer?.json() } };
    }, { token, body, headers, base, way, poll, name });
    const [request] = sent;
    return { ...result, sent: request ? { headers: await request.allHeaders(), method: request.method(), body: request.postData() } : null };
  } finally {
    await context.close();
  }
}

/** What the web app makes of an answer: its toast. */
function toast({ data, error }, department) {
  if (error) return `error: ${error.message}`;
  if (!data?.ok) return `error: ${data?.error}`;
  const summary = data.summary?.[department];
  return summary?.errors?.length ? `error: ${summary.errors.join('; ')}`
    : summary?.note ? `info: ${summary.note}`
    : summary ? `+${summary.added} −${summary.removed} =${summary.kept}` : 'Flex sync completed';
}

/** What the web app makes of the answer about one person: only a change is told as a success. */
function personToast({ data, error }) {
  if (error) return `error: ${error.message}`;
  if (data?.error) return `error: ${data.error}`;
  const isChange = data?.message && !['skipped', 'already exists', 'No assignment to remove'].some(words => data.message.includes(words));
  return isChange ? 'success' : 'none';
}

const manage = 'manage-flex-crew-assignments';
const person = (world, { id }, action, way) =>
  invoke(stage.token, { job_id: world.job, technician_id: id, department: 'sound', action }, { name: manage, way });

const equal = (actual, expected, what) => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
};
const whole = async world => equal(await stage.wrongs(world), [], 'the world');
const click = world => ({ job_id: world.job, departments: ['sound'] });
const NON_2XX = 'Edge Function returned a non-2xx status code';

const cases = {
  async 'a click adds the crew, and the toast counts it'() {
    const world = await stage.job(3);
    const answer = await invoke(stage.token, click(world));
    equal(toast(answer, 'sound'), '+3 −0 =0', 'toast');
    await whole(world);
    equal(answer.sent.method, 'POST', 'method');
    equal(answer.sent.body, JSON.stringify(click(world)), 'body');
    for (const [name, value] of [['authorization', `Bearer ${stage.token}`], ['apikey', 'an-anon-key'], ['content-type', 'application/json']])
      equal(answer.sent.headers[name], value, name);
    if (!answer.sent.headers['x-client-info']) throw new Error('no x-client-info: this is not supabase-js');
    equal(toast(await invoke(stage.token, click(world)), 'sound'), '+0 −0 =3', 'toast of the second click');
  },

  async 'whoever cannot be added is told in the toast'() {
    const world = await stage.job(2);
    await stage.control('POST', '/faults', { on: 'add-resource', fault: { kind: 'status', status: 403 }, crewCall: world.element });
    const text = toast(await invoke(stage.token, click(world)), 'sound');
    await stage.control('DELETE', '/faults');
    for (const one of world.crew)
      if (!text.startsWith('error: ') || !text.includes(`Add failed for tech ${one.id}: `)) throw new Error(text);
  },

  async 'a job without a crew call gets the note'() {
    const world = await stage.job(1);
    equal(toast(await invoke(stage.token, { job_id: world.job, departments: ['lights'] }), 'lights'), 'info: no crew call mapping', 'toast');
  },

  async 'nobody signed in: the anon key is no user'() {
    const { error } = await invoke(null, click(await stage.job(1)));
    equal([error.name, error.message, error.status], ['FunctionsHttpError', NON_2XX, 401], 'error');
  },

  async 'a technician may not'() {
    const { error } = await invoke(technician.token, click(await stage.job(1)));
    equal([error.name, error.message, error.status], ['FunctionsHttpError', NON_2XX, 403], 'error');
  },

  async 'a bad body is refused in words'() {
    const { error } = await invoke(stage.token, { job_id: 7 });
    equal([error.name, error.status, error.body.ok], ['FunctionsHttpError', 400, false], 'error');
  },

  async 'not finished: the toast says so, and the status can be polled to the end'() {
    const world = await stage.job(3);
    const answer = await invoke(stage.token, click(world), { headers: { prefer: 'respond-async' }, poll: true });
    equal(toast(answer, 'sound'), 'info: sync still running', 'toast');
    const last = answer.polled.at(-1);
    equal([last.status, last.body.runtimeStatus, last.body.output.summary.sound.added], [200, 'Completed', 3], 'the last answer');
    for (const one of answer.polled) {
      if (!one.correlation) throw new Error('the page cannot read x-correlation-id');
      if (one.status === 202 && !one.retryAfter) throw new Error('the page cannot read Retry-After');
    }
    await whole(world);
  },

  async 'one person is placed and taken off, and only a change makes a toast'() {
    const world = await stage.job(2);
    const [one] = world.crew;
    const placed = await person(world, one, 'add');
    equal([personToast(placed), placed.data.success, placed.sent.method], ['success', true, 'POST'], 'placed');
    equal(await stage.contacts(world.element), [one.resource], 'contacts');
    equal(personToast(await person(world, one, 'add')), 'none', 'placed again');
    equal(personToast(await person(world, one, 'remove', 'fetch')), 'success', 'taken off');
    equal(personToast(await person(world, one, 'remove')), 'none', 'taken off again');
    equal(await stage.contacts(world.element), [], 'contacts');
    await invoke(stage.token, click(world));
    await whole(world);
  },

  async 'one person who cannot be placed is an error'() {
    const world = await stage.job(1);
    const { error } = await person(world, { id: world.job }, 'add');
    equal([error.name, error.status, error.body], ['FunctionsHttpError', 404, { error: 'Technician not found' }], 'error');
    const refused = await invoke(technician.token, {}, { name: manage });
    equal([refused.error.status, refused.error.message], [403, NON_2XX], 'a technician');
  },

  async 'a job that is deleted: a removal for each row empties the crew call'() {
    const world = await stage.job(3);
    await invoke(stage.token, click(world));
    for (const one of world.crew) equal(personToast(await person(world, one, 'remove')), 'success', 'taken off');
    equal(await stage.contacts(world.element), [], 'contacts');
  },

  async 'a host that is away is a failed fetch'() {
    const { error } = await invoke(stage.token, click(await stage.job(1)), { base: 'http://127.0.0.1:9' });
    equal([error.name, error.message], ['FunctionsFetchError', 'Failed to send a request to the Edge Function'], 'error');
  },

  async 'a fetch that rewrites one URL leads here'() {
    const world = await stage.job(2);
    equal(toast(await invoke(stage.token, click(world), { way: 'fetch' }), 'sound'), '+2 −0 =0', 'toast');
  },

  async 'another functionsUrl leads here'() {
    const world = await stage.job(2);
    equal(toast(await invoke(stage.token, click(world), { way: 'functionsUrl' }), 'sound'), '+2 −0 =0', 'toast');
  },
};

let failed = 0;
await stage.latency(5);
for (const [name, run] of Object.entries(cases)) {
  try {
    await run();
    console.log(`passed   ${name}`);
  } catch (error) {
    failed++;
    console.log(`failed   ${name}: ${error.message}`);
  }
}
await browser.close();
server.close();
console.log(`${Object.keys(cases).length - failed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
