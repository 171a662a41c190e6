import { check, equal } from '../lib/cases.mjs'
import { crewIsRead } from '../lib/console.mjs'
import { named, page as pageOf, troubled } from '../lib/world.mjs'

const LOST = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_FAILED|Failed to load resource/

/** A sync from the page, well and badly. */
export const syncing = {
  async 'a sync is watched stage by stage, puts the crew right, and the page shows it'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await stage.latency(150)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await crewIsRead(page)
      const stages = watchStages(page)
      await page.getByRole('button', { name: 'Sync sound' }).click()
      await page.getByRole('region', { name: 'Done' }).waitFor()
      check((await stages()).size >= 2, `the stages that were seen: ${[...(await stages())].join(', ')}`)
      await page.locator('.run').getByText('2 added, 2 removed, 2 kept, 2 roles set').waitFor()
      await page.locator('.crew-place .notice', { hasText: '1 difference' }).waitFor()
      equal(await page.locator('.difference').allInnerTexts(), ['No Flex resource id'], 'what is left')
      await page.locator('.runs tbody tr').first().getByText('succeeded').waitFor()
    })
    equal(await stage.wrongs(world), [], 'the world')
  },

  async 'contacts that FlexCrew did not place stay when that is wished'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await crewIsRead(page)
      await page.getByLabel('Also remove contacts that FlexCrew did not place').uncheck()
      await page.getByRole('button', { name: 'Sync sound' }).click()
      await page.getByRole('region', { name: 'Done' }).waitFor()
    })
    equal((await stage.contacts(world.element)).length, 6, 'contacts: four that are desired, a twin and one that nobody desires')
  },

  async 'all departments are synced by one click'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(2), 'Both', ['Ana Both', 'Ben Both'])
    const lights = await stage.job(0)
    stage.sql(`update public.flex_crew_calls set job_id = '${world.job}', department = 'lights' where id = '${lights.crewCall}';
      update public.job_assignments set lights_role = 'LGT-BRD-R' where job_id = '${world.job}' and technician_id = '${world.crew[0].id}'`)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await page.getByRole('button', { name: 'Sync all departments' }).click()
      await page.getByRole('region', { name: 'Done' }).waitFor()
      equal(await page.locator('.lane strong').allInnerTexts(), ['Sound', 'Lights'], 'departments')
    })
    equal(
      [await stage.contacts(world.element), await stage.contacts(lights.element)].map(each => each.length),
      [2, 1],
      'contacts',
    )
  },

  async 'whoever cannot be added is named, and what to do is linked'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(2), 'Refused', ['Ana Refused', 'Ben Refused'])
    await stage.control('POST', '/faults', { on: 'add-resource', crewCall: world.element, fault: { kind: 'status', status: 403 } })
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await page.getByRole('button', { name: 'Sync sound' }).click()
      await page.getByRole('region', { name: 'The sync did not succeed.' }).waitFor()
      await page.locator('.run .sentences li').first().getByRole('link', { name: 'What to do' }).waitFor()
      equal(await page.locator('.run .sentences li').count(), 2, 'sentences')
    })
  },

  async 'a connection that is lost while a sync runs is waited for, and the result is found'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(3), 'Tunnel', ['A A', 'B B', 'C C'])
    await stage.latency(600)
    await browser.open({ token: tokens.manager, hash: pageOf(world), mayComplain: LOST }, async (page, context) => {
      await crewIsRead(page)
      await page.getByRole('button', { name: 'Sync sound' }).click()
      await page.locator('.run .stage').first().waitFor()
      await context.setOffline(true)
      await page.getByText('The connection is lost.').waitFor()
      await context.setOffline(false)
      await page.getByRole('region', { name: 'Done' }).waitFor()
      await page.locator('.run').getByText('3 added').waitFor()
      equal(await page.getByText('The connection is lost.').count(), 0, 'the warning, once the connection is back')
    })
    equal(await stage.wrongs(world), [], 'the world')
  },

  async 'a page that is loaded again goes on watching its sync'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(3), 'Reloaded', ['A A', 'B B', 'C C'])
    await stage.latency(600)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await crewIsRead(page)
      await page.getByRole('button', { name: 'Sync sound' }).click()
      await page.locator('.run .stage').first().waitFor()
      await page.reload()
      await page.getByRole('region', { name: 'Syncing' }).waitFor()
      await page.getByRole('region', { name: 'Done' }).waitFor()
    })
  },

  async 'a host that is gone is said to be gone, and asked again on demand'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(1), 'Gone host', ['A A'])
    await browser.open({ token: tokens.manager, mayComplain: LOST }, async page => {
      await page.locator('.job').first().waitFor()
      await page.route('**/functions/v1/**', route => route.abort('connectionrefused'))
      await page.evaluate(hash => {
        location.hash = hash
      }, pageOf(world))
      await page.getByRole('alert').getByText('The host does not answer.').waitFor()
      await page.unroute('**/functions/v1/**')
      await page.getByRole('button', { name: 'Try again' }).first().click()
      await crewIsRead(page)
    })
  },

  async 'an administrator releases a held lease and with it its fence, management sees them only'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(1), 'Held lease', ['A A'])
    const { id: rule } = await stage.control('POST', '/faults', { on: 'any', crewCall: world.element, fault: { kind: 'hold' } })
    await stage.click(world.job, 'respond-async')
    const row = (page, table = 'Leases') => page.getByRole('table', { name: table }).getByRole('row', { name: /Held lease/ })
    await browser.open({ token: tokens.manager, hash: '#/leases' }, async page => {
      await row(page).waitFor()
      await row(page, 'Fences').waitFor()
      equal(await page.getByRole('button', { name: /Release/ }).count(), 0, 'buttons')
      await page.getByText('Only an administrator may release a lease or a fence.').waitFor()
      const sections = await page.getByRole('link', { name: 'What to do' }).evaluateAll(links => links.map(link => new URL(link.href).hash))
      equal(sections, ['#a-lease-is-stuck', '#the-element-is-stuck'], 'sections of the runbook')
    })
    await browser.open({ token: tokens.admin, hash: '#/leases' }, async page => {
      await row(page).getByRole('button').click()
      await page.getByRole('button', { name: 'Cancel' }).click()
      await row(page).getByRole('button').click()
      await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click()
      await page.locator('main').getByText('Released.').waitFor()
      await row(page).waitFor({ state: 'detached' })
      await row(page, 'Fences').waitFor({ state: 'detached' })
    })
    await stage.control('DELETE', `/faults/${rule}`)
  },

  async 'an administrator releases the fence of a run that died'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(1), 'Left behind', ['A A'])
    stage.sql(`insert into public.flex_crew_fences (element, token, holder, claimed_at, touched_at, quiet_for)
      values (lower('${world.element}'), 1, 'dead:sound', now() - interval '1 hour', now() - interval '1 hour', interval '30 s')`)
    await browser.open({ token: tokens.admin, hash: '#/leases' }, async page => {
      const row = page.getByRole('table', { name: 'Fences' }).getByRole('row', { name: /Left behind/ })
      await row.getByText('quiet').waitFor()
      await row.getByRole('button').click()
      await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click()
      await row.waitFor({ state: 'detached' })
    })
  },
}

/** Collects the words of the stages that are shown from now on. */
function watchStages(page) {
  const started = page.evaluate(() => {
    globalThis.stages = new Set()
    new MutationObserver(() => {
      for (const each of document.querySelectorAll('.run .stage')) globalThis.stages.add(each.textContent)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return async () => {
    await started
    return new Set(await page.evaluate(() => [...globalThis.stages]))
  }
}
