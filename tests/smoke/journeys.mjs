#!/usr/bin/env node
// Journeys through a running host, its database and the simulated Flex. Node 20 and psql, no packages.
//
//   node tests/smoke/journeys.mjs --base URL --flex URL --database URL --manager UUID JOURNEY…
//
// SUPABASE_URL and SUPABASE_JWT_SECRET are the host's. `begin` prints runs to be disturbed, `finish` sees them to their end.
import crypto from 'node:crypto';
import { parseArgs } from 'node:util';
import { Stage, sleep, until } from './lib/stage.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string' }, flex: { type: 'string' }, database: { type: 'string' }, manager: { type: 'string' },
    'usual-limit': { type: 'string', default: '2000' }, within: { type: 'string', default: '120' }, run: { type: 'string' },
  },
});
const stage = new Stage({
  ...options, supabaseUrl: process.env.SUPABASE_URL ?? '', secret: process.env.SUPABASE_JWT_SECRET ?? '',
});

const check = (condition, message) => {
  if (!condition) throw new Error(message);
};
const right = async world => {
  const wrongs = await stage.wrongs(world);
  check(wrongs.length === 0, wrongs.join('; '));
};
const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const writes = requests => requests.filter(request => request.method !== 'GET');

const journeys = {
  async 'ten-clicks'() {
    await stage.latency(50);
    const world = await stage.job(8);
    const clicks = await Promise.all(Array.from({ length: 10 }, () => stage.click(world.job)));
    check(clicks.every(click => click.status === 200 && !click.sound.errors), JSON.stringify(clicks.map(click => click.body)));
    await right(world);
    const runs = clicks.filter(click => !click.sound.coalesced).length;
    check(runs <= 2, `${runs} runs`);
    const { overlappingWrites } = await stage.control('GET', '/metrics');
    check(overlappingWrites === 0, `${overlappingWrites} overlapping writes`);
    return `${runs} runs for ten clicks, 0 duplicates, 0 overlapping writes, slowest answer ${Math.round(Math.max(...clicks.map(click => click.milliseconds)))} ms`;
  },

  /** Adds, removals and syncs of one crew call at once; then the job is deleted as the web app does it. */
  async 'ten-commands'() {
    await stage.latency(50);
    const world = await stage.job(6);
    await stage.click(world.job);
    const leaving = world.crew.splice(0, 3);
    const coming = Array.from({ length: 4 }, () => ({ id: crypto.randomUUID(), resource: crypto.randomUUID() }));
    for (const one of leaving) stage.unassign(world.job, one);
    for (const one of coming) stage.assign(world.job, one);
    world.crew.push(...coming);
    const started = performance.now();
    const answers = await Promise.all([
      ...coming.map(one => stage.command(world.job, one, 'add')),
      ...leaving.map(one => stage.command(world.job, one, 'remove')),
      ...Array.from({ length: 3 }, () => stage.click(world.job)),
    ]);
    const took = performance.now() - started;
    check(answers.every(({ status, body }) => status === 200 && (body.success || !body.summary.sound.errors)), JSON.stringify(answers.map(answer => answer.body)));
    await right(world);
    const { overlappingWrites } = await stage.control('GET', '/metrics');
    check(overlappingWrites === 0, `${overlappingWrites} overlapping writes`);
    await stage.control('POST', `/crew-calls/${world.element}/lines`, { resourceId: crypto.randomUUID() });
    for (const one of world.crew) {
      const { status, body } = await stage.command(world.job, one, 'remove');
      check(status === 200 && body.message === 'Resource removed from crew call', JSON.stringify(body));
    }
    const left = await stage.contacts(world.element);
    check(left.length === 1, `${left.length} contacts are left of a deleted job, not the one that was placed by hand`);
    return `seven commands and three syncs at once took ${Math.round(took)} ms, 0 duplicates, 0 overlapping writes; a removal for each row empties the crew call`;
  },

  async 'usual-click'() {
    await stage.latency(150);
    const world = await stage.job(8);
    await stage.click(world.job);
    const times = [];
    for (let round = 0; round < 7; round++) {
      const added = { id: crypto.randomUUID(), resource: crypto.randomUUID() };
      stage.unassign(world.job, world.crew.shift());
      stage.assign(world.job, added);
      world.crew.push(added);
      const click = await stage.click(world.job);
      check(click.sound.added === 1 && click.sound.removed === 1, JSON.stringify(click.body));
      times.push(click.milliseconds);
    }
    await right(world);
    const middle = median(times);
    check(middle <= Number(options['usual-limit']), `the usual click takes ${Math.round(middle)} ms`);
    return `median ${Math.round(middle)} ms, slowest ${Math.round(Math.max(...times))} ms of ${times.length}`;
  },

  async 'sixty-adds'() {
    await stage.latency(150);
    const world = await stage.job(60);
    const click = await stage.click(world.job);
    check(click.sound?.added === 60, JSON.stringify(click.body));
    await right(world);
    const requests = await stage.requests(world.element);
    check(writes(requests).length === 120, `${writes(requests).length} writes`);
    return `${Math.round(click.milliseconds)} ms, ${writes(requests).length} writes, ${requests.length - writes(requests).length} reads`;
  },

  async forbidden() {
    await stage.latency(0);
    const world = await stage.job(3);
    const { id } = await stage.control('POST', '/faults', { on: 'add-resource', crewCall: world.element, fault: { kind: 'status', status: 403 } });
    const click = await stage.click(world.job);
    await stage.control('DELETE', `/faults/${id}`);
    const tries = writes(await stage.requests(world.element)).length;
    check(click.sound.failedAdds === 3, JSON.stringify(click.body));
    check(tries <= 3, `${tries} adds were sent for three technicians`);
    return `three adds refused with 403 were sent ${tries} times`;
  },

  async outage() {
    await stage.latency(150);
    const world = await stage.job(30);
    const { body } = await stage.click(world.job, 'respond-async');
    await until('some adds', async () => (await stage.contacts(world.element)).length >= 8, 30);
    const started = Date.now();
    await stage.control('POST', '/down', { kind: 'service-unavailable', for: 20_000 });
    await stage.ended(body.id, 180);
    await until('the crew is whole', async () => (await stage.wrongs(world)).length === 0, 180);
    return `whole ${Math.round((Date.now() - started) / 1000)} s after an outage of 20 s began, without a click`;
  },

  /** Prints `{ runs, at }`: one run in the middle of its adds, one of its deletions, one that waits out a `Retry-After`. */
  async begin() {
    await stage.latency(150);
    const adds = await stage.job(40);
    const deletions = await stage.job(40);
    const waits = await stage.job(4);
    check((await stage.click(deletions.job)).sound.added === 40, 'the crew that is to be taken off was not added');
    for (const leaving of deletions.crew.splice(0, 30)) stage.unassign(deletions.job, leaving);
    await fault('bulk-delete', deletions, { kind: 'status', status: 405 });
    await fault('delete', deletions, { kind: 'hold' }, { skip: 5, times: 3 });
    await fault('add-resource', adds, { kind: 'hold' }, { skip: 5, times: 3 });
    await fault('add-resource', waits, { kind: 'status', status: 429, headers: { 'retry-after': '50' } }, { times: 1 });

    const begun = async (what, world) => ({ what, world, id: (await stage.click(world.job, 'respond-async')).body.id });
    const count = async world => (await stage.contacts(world.element)).length;
    const runs = [await begun('deletions', deletions), await begun('adds', adds)];
    await until('some of both', async () => await count(adds) >= 5 && await count(deletions) <= 35, 60);
    // The whole process waits when Flex says so: the others are under way by now.
    runs.push(await begun('a wait for Flex', waits));
    await until('a 429', async () => (await stage.requests(waits.element)).some(request => request.status === 429), 60);
    return JSON.stringify({ runs, at: Date.now() });
  },

  /** Each run ends under its own id; nobody is twice, nobody missing, nobody too many; the lease is free for the next click. */
  async finish() {
    const { runs, at } = JSON.parse(options.run);
    await stage.control('DELETE', '/faults');
    const ends = await Promise.all(runs.map(async ({ what, id, world }) => {
      const run = await stage.ended(id, Number(options.within));
      check(run.runtimeStatus === 'Completed' && run.instanceId === id, `${what}: ${JSON.stringify(run)}`);
      const took = Math.round((Date.now() - at) / 1000);
      await settled(what, world);
      return `${what}: ended ${took} s after`;
    }));
    return ends.join(', ');
  },

  /** The holders were terminated: the next click takes each lease over. */
  async 'take-over'() {
    const { runs, at } = JSON.parse(options.run);
    await stage.control('DELETE', '/faults');
    const ends = await Promise.all(runs.map(async ({ what, world }) => {
      const click = await stage.click(world.job, 'wait=100');
      check(click.status === 200 && !click.sound.errors, `${what}: ${JSON.stringify(click.body)}`);
      const took = (Date.now() - at) / 1000;
      await right(world);
      // The whole process rests for 50 s when Flex says so. What the terminated runs have begun is sent after that, and their fences
      // must have been quiet since.
      const most = 60 + 20 + 50;
      check(took <= most, `${what}: the lease was free after ${took} s only`);
      return `${what}: ${Math.round(took)} s`;
    }));
    return `taken over, and the crews whole, since the holders began: ${ends.join(', ')}`;
  },
};

function fault(on, world, what, when) {
  return stage.control('POST', '/faults', { on, crewCall: world.element, fault: what, ...when });
}

/** The next click has nothing to do, and everybody is there once. */
async function settled(what, world) {
  await right(world);
  const { body, sound } = await stage.click(world.job);
  check(sound?.kept === world.crew.length && sound.added === 0 && sound.removed === 0, `${what}, the next click: ${JSON.stringify(body)}`);
}

let failed = 0;
for (const name of positionals) {
  try {
    const figures = await journeys[name]();
    console.log(name === 'begin' ? figures : `passed   ${name}: ${figures}`);
  } catch (error) {
    failed++;
    console.error(`FAILED   ${name}: ${error.stack ?? error}`);
  }
  await sleep(0);
}
process.exit(failed === 0 ? 0 : 1);
