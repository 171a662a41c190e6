import { randomUUID } from 'node:crypto'
import { check, equal } from '../lib/cases.mjs'
import { crewIsRead, differencesOf, onlyJob } from '../lib/console.mjs'
import { named, page as pageOf, troubled } from '../lib/world.mjs'

/** What the page tells of the world. */
export const seeing = {
  async 'a job is found by its title, and marked where the table is not as it should be'({ browser, stage, tokens }) {
    const title = `Fiesta ${randomUUID().slice(0, 8)}`
    named(stage, await stage.job(2), title, ['Uno Uno', 'Dos Dos'])
    await browser.open({ token: tokens.manager }, async page => {
      await page.getByRole('searchbox', { name: 'Search jobs' }).fill(title)
      await onlyJob(page, title)
      const item = page.locator('.job')
      await item.getByText('2 to add').waitFor()
      await item.click()
      await page.getByRole('heading', { name: title }).waitFor()
      await crewIsRead(page)
      await item.locator('.badge', { hasText: '2 differences' }).waitFor()
    })
  },

  async 'each difference of a crew is named at the person whom it is about'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await crewIsRead(page)
      equal(await differencesOf(page, 'Ada Settled'), [], 'Ada')
      equal(await differencesOf(page, 'Bo Missing'), ['Missing in Flex'], 'Bo')
      equal(await differencesOf(page, 'Cy Twice'), ['Duplicate in Flex'], 'Cy')
      equal(await differencesOf(page, 'Di Gone'), ['Mapped to a contact that is gone', 'Missing in Flex'], 'Di')
      equal(await differencesOf(page, 'Ed Lacking'), ['No Flex resource id'], 'Ed')
      equal(await differencesOf(page, 'Flo Left'), ['Not assigned'], 'Flo')
      await page.getByText('A sync puts 5 right. 1 needs somebody to act').waitFor()
    })
  },

  async 'the plan tells what a sync would do, and writes nothing'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    const before = await stage.contacts(world.element)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await page.getByRole('button', { name: 'Show the plan' }).click()
      const plan = page.getByRole('region', { name: 'What a sync would do' })
      await plan.waitFor()
      equal((await plan.locator('.plus li').allInnerTexts()).sort(), ['Bo Missing', 'Di Gone'], 'to add')
      equal((await plan.locator('.minus li').allInnerTexts()).sort(), ['Cy Twice (duplicate)', 'Flo Left (not assigned)'], 'to remove')
      await plan.getByRole('button', { name: 'Close' }).click()
      equal(await plan.count(), 0, 'the plan, once closed')
    })
    equal(await stage.contacts(world.element), before, 'Flex')
  },

  async 'a crew call that Flex does not show is unreadable, and nobody is called missing'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(2), 'Locked', ['Ana Here', 'Ben Here'])
    await stage.click(world.job)
    await stage.control('POST', '/faults', { on: 'reads', crewCall: world.element, fault: { kind: 'status', status: 403 } })
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await page.getByText('Flex could not be read.').waitFor()
      equal(await page.locator('.difference').allInnerTexts(), [], 'differences')
      const help = page.getByRole('link', { name: 'What to do' }).first()
      const [guide] = await Promise.all([page.context().waitForEvent('page'), help.click()])
      await guide.waitForLoadState()
      check(guide.url().includes('runbook.md#flex-refuses-the-token'), guide.url())
      equal(await guide.locator('#flex-refuses-the-token').innerText(), 'Flex refuses the token', 'the section')
    })
  },

  async 'a department without a crew call says so'({ browser, stage, tokens }) {
    const world = await stage.job(1)
    stage.sql(`delete from public.flex_crew_calls where id = '${world.crewCall}'`)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await page.getByText('No crew call is mapped.').waitFor()
      await page.locator('.job[aria-current] .badge', { hasText: 'no crew call' }).waitFor()
    })
  },

  async 'all jobs are checked in Flex by one click, and those that differ are marked'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    stage.sql(`insert into public.flex_crew_assignments (crew_call_id, technician_id, flex_line_item_id)
      values ('${world.crewCall}', '${world.crew[1].id}', '${randomUUID()}')`)
    await browser.open({ token: tokens.manager }, async page => {
      await page.getByRole('searchbox').fill(world.title)
      await onlyJob(page, world.title)
      await page.getByRole('button', { name: 'Check all in Flex' }).click()
      await page.locator('.job', { hasText: world.title }).getByText('7 differences').waitFor()
    })
  },

  async 'the history tells outcome, counts, who and why, and each run can be opened'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(2), 'Historic', ['Ana Added', 'Ben Refused'])
    stage.sql(`update public.profiles set first_name = 'Marta', last_name = 'Vidal' where id = '${stage.manager}'`)
    await stage.control('POST', '/faults', { on: 'add-resource', path: world.crew[1].resource, fault: { kind: 'status', status: 409 } })
    await stage.click(world.job)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      const run = page.locator('.runs tbody tr').first()
      await run.getByText('incomplete').waitFor()
      for (const text of ['1 added', '1 failed', 'Marta Vidal', 'Sound'])
        check((await run.innerText()).includes(text), `${text} is missing in ${await run.innerText()}`)
      await run.getByRole('button').click()
      const details = page.locator('.runs .details').first()
      check((await details.innerText()).includes('Add failed for Ben Refused'), await details.innerText())
      await page.locator('.notice.bad', { hasText: 'The last sync did not succeed' }).getByText('Ben Refused').waitFor()
    })
  },

  async 'the charts show the runs'({ browser, stage, tokens }) {
    await stage.click((await stage.job(1)).job)
    await browser.open({ token: tokens.manager, hash: '#/activity' }, async page => {
      await page.getByRole('img', { name: /How long a run takes/ }).waitFor()
      check((await page.locator('.chart circle').count()) > 0, 'no run in the chart of durations')
      check((await page.locator('.chart rect.succeeded').count()) > 0, 'no run in the chart of outcomes')
      check((await page.locator('.chart rect.requests').count()) > 0, 'no request in the chart of requests')
      await page.getByText('budget 2,000').waitFor()
      await page.locator('select').selectOption('failed')
      await page.locator('.runs, .panel > div > p').first().waitFor()
    })
  },

  async 'what a drift check found is shown at its job'({ browser, stage, tokens }) {
    const world = named(stage, await stage.job(1), 'Drifting', ['Dora Drift'])
    const found = JSON.stringify({
      differences: [
        { kind: 'missing_in_flex', technician_id: world.crew[0].id, text: 'x' },
        { kind: 'new_kind', name: 'Nia New', text: 'Something new.' },
      ],
    })
    stage.sql(`insert into public.flex_sync_log
      (job_id, department, instance_id, correlation_id, triggered_by, status, errors, started_at, finished_at)
      values ('${world.job}', 'sound', '${randomUUID()}', '${randomUUID()}', 'drift', 'drift', '${found}', now(), now())`)
    await browser.open({ token: tokens.manager, hash: '#/drift' }, async page => {
      const card = page.locator('article', { hasText: 'Drifting' })
      await card.getByText('Dora Drift').waitFor()
      equal(await card.locator('.difference').allInnerTexts(), ['Missing in Flex', 'Something new.'], 'differences')
      await page.getByRole('link', { name: 'Jobs' }).click()
      await page.locator('.job', { hasText: 'Drifting' }).getByText('2 differences last night').waitFor()

      stage.sql(`update public.flex_sync_log set errors = errors || '{"gone_at":"2026-01-01T00:00:00Z"}' where job_id = '${world.job}'`)
      await page.getByRole('link', { name: 'Drift', exact: true }).click()
      await card.getByText('gone', { exact: false }).waitFor()
    })
  },
}
