#!/usr/bin/env node
// Holds a running server to the HTTP contract of contract-cases.json. Node 20, no packages.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fill, mint } from './lib/fill.mjs';
import { differences, valueDiffers } from './lib/match.mjs';
import { send } from './lib/send.mjs';

const usage = `Usage: node tests/smoke/contract.mjs --base URL [--set name=value …] [--state name] [--only text] [--verbose]
  --base    where the server is reached, without /functions/v1
  --set     what the cases need to know: job, job:unmapped, technician, technician:no_resource, user:management, user:other_management,
            user:admin, user:technician, user:nobody (a user without profile)
  --state   the state that the server has been brought into: only the cases that need it are run.
            Left out, the server is in good health, and the cases that need another state are skipped
  --only    only the cases whose name has this text
SUPABASE_URL and SUPABASE_JWT_SECRET are read from the environment; they sign the tokens of the cases.`;

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    state: { type: 'string' },
    only: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const { SUPABASE_URL: supabaseUrl, SUPABASE_JWT_SECRET: secret } = process.env;
if (options.help || !options.base || !supabaseUrl || !secret) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

const file = JSON.parse(readFileSync(fileURLToPath(new URL('./contract-cases.json', import.meta.url)), 'utf8'));
const base = options.base.replace(/\/+$/, '');
const known = Object.fromEntries(options.set.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));

/** A case with `each` is several. */
function* expanded(one) {
  const steps = one.steps ?? [{ send: one.send, expect: one.expect }];
  if (!one.each) {
    yield { ...one, steps };
    return;
  }
  for (const [index, value] of Object.values(one.each)[0].entries()) {
    const replace = node =>
      node === '{{each}}' ? value
        : typeof node === 'string' ? node.replaceAll('{{each}}', value)
        : Array.isArray(node) ? node.map(replace)
        : node && typeof node === 'object' ? Object.fromEntries(Object.entries(node).map(([key, item]) => [key, replace(item)]))
        : node;
    yield { ...one, name: `${one.name} [${index}]`, steps: replace(steps) };
  }
}

function* problems(expect, answer) {
  if (expect.status !== answer.status)
    yield `status: ${expect.status} was expected, not ${answer.status}`;
  for (const [name, value] of Object.entries({ ...file.every.headers, ...expect.headers })) {
    if (valueDiffers(value, answer.headers[name]))
      yield `${name}: ${value} was expected, not ${answer.headers[name]}`;
  }
  const all = [...Object.values(answer.headers), answer.body].join('\n');
  for (const never of file.every.never) {
    if (new RegExp(never).test(all))
      yield `the answer has what no answer may have: ${never}`;
  }
  if (expect.text !== undefined && expect.text !== answer.body)
    yield `body: '${expect.text}' was expected, not '${answer.body}'`;
  if (expect.json !== undefined) {
    let body;
    try {
      body = JSON.parse(answer.body);
    } catch {
      yield `body: JSON was expected, not '${answer.body}'`;
      return;
    }
    yield* differences(expect.json, body);
  }
}

async function run(one) {
  const values = { ...known, base };
  const context = { values, token: name => mint(fill(file.tokens[name], context), `${supabaseUrl.replace(/\/+$/, '')}/auth/v1`, secret) };
  for (const step of one.steps) {
    const request = fill(step.send, context);
    let answer = await send(base, request, values.job);
    const patience = Date.now() + 60_000;
    while (step.until && answer.status !== step.until && Date.now() < patience) {
      await new Promise(resolve => setTimeout(resolve, 200));
      answer = await send(base, request, values.job);
    }
    const found = [...problems(fill(step.expect, context), answer)];
    if (found.length > 0)
      return [...found, `answer: ${answer.status} ${answer.body.slice(0, 500)}`];
    for (const [name, key] of Object.entries(step.save ?? {}))
      values[`saved:${name}`] = JSON.parse(answer.body)[key];
  }
  return [];
}

const count = { passed: 0, failed: 0, skipped: 0 };
const chosen = file.cases.flatMap(each => [...expanded(each)])
  .filter(each => each.name.includes(options.only) && (!options.state || each.needs === options.state));
for (const one of chosen) {
  if (one.needs !== options.state) {
    count.skipped++;
    console.log(`skipped  ${one.name}: needs ${one.needs}`);
    continue;
  }
  const found = await run(one).catch(error => [String(error)]);
  count[found.length === 0 ? 'passed' : 'failed']++;
  if (found.length > 0)
    console.log(`FAILED   ${one.name}\n         ${found.join('\n         ')}`);
  else if (options.verbose)
    console.log(`passed   ${one.name}`);
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed === 0 ? 0 : 1);
