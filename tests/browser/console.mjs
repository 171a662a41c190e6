#!/usr/bin/env node
// The console in Chromium, driven as a person would.
//
//   node tests/browser/console.mjs --base URL --flex URL --database URL --manager UUID --admin UUID --technician UUID [--page PATH]
//
// SUPABASE_URL and SUPABASE_JWT_SECRET are the host's. PATH is the console's page, / unless it is said otherwise.
// --only TEXT runs the cases whose names have the text.
// Ends with `N passed, N failed, N skipped`, and with 1 when something failed.
import { parseArgs } from 'node:util'
import { Stage } from '../smoke/lib/stage.mjs'
import { seeing } from './cases/seeing.mjs'
import { signing } from './cases/signing.mjs'
import { syncing } from './cases/syncing.mjs'
import { everybody } from './cases/everybody.mjs'
import { Console } from './lib/console.mjs'
import { runCases } from './lib/cases.mjs'

const names = ['base', 'flex', 'database', 'manager', 'admin', 'technician', 'page', 'only']
const { values: options } = parseArgs({ options: Object.fromEntries(names.map(name => [name, { type: 'string' }])) })
const settings = { supabaseUrl: process.env.SUPABASE_URL ?? '', secret: process.env.SUPABASE_JWT_SECRET ?? '' }
const stage = new Stage({ ...options, ...settings })
const tokens = Object.fromEntries(
  ['manager', 'admin', 'technician'].map(who => [who, new Stage({ ...options, ...settings, manager: options[who] }).token]),
)

const browser = await Console.launch(new URL(options.page ?? '/', options.base).href)
await stage.latency(5)
const cases = { ...signing, ...seeing, ...syncing, ...everybody }
const wanted = Object.entries(cases).filter(([name]) => !options.only || name.includes(options.only))
const failed = await runCases(Object.fromEntries(wanted), { browser, stage, tokens })
await browser.close()
process.exit(failed ? 1 : 0)
