#!/usr/bin/env node
// What somebody does who has never seen the console: opens what scripts/run printed, finds the jobs that are wrong, and puts one right.
//
//   node tests/browser/season.mjs --page URL
//
// Ends with `N passed, N failed, N skipped`, and with 1 when something failed.
import { parseArgs } from 'node:util'
import { check, equal, runCases } from './lib/cases.mjs'
import { Console, crewIsRead, differencesOf } from './lib/console.mjs'

const { values: options } = parseArgs({ options: { page: { type: 'string' } } })

const cases = {
  async 'a newcomer signs in, finds which jobs are wrong and why, and puts one right'({ browser }) {
    const started = Date.now()
    await browser.open({}, async page => {
      await page.getByRole('button', { name: /Sign in as Marta/ }).click()
      await page.locator('.job').first().waitFor()
      await page.getByRole('button', { name: 'Check all in Flex' }).click()
      await page.locator('#live', { hasText: 'Checked in Flex' }).waitFor({ state: 'attached' })
      await page.getByRole('button', { name: /Need attention/ }).click()
      const wrong = await page.locator('.job strong').allInnerTexts()
      for (const title of [
        'Gira Marea · Bilbao',
        'Gira Marea · Valencia',
        'Teatro Romano: Medea',
        'Concierto Plaza Mayor',
        'Congreso Salud 2030',
        'Feria del Vino',
        'Maratón de Otoño',
      ])
        check(wrong.includes(title), `${title} is not among those that need attention: ${wrong.join(', ')}`)
      check(!wrong.includes('Festival Río Vivo'), 'a job that is in order needs attention')

      await page.locator('.job', { hasText: 'Concierto Plaza Mayor' }).click()
      await crewIsRead(page)
      equal(await differencesOf(page, 'Greta Holm'), ['Duplicate in Flex'], 'what is wrong with Greta Holm')
      await page.getByRole('button', { name: 'Sync sound' }).click()
      await page.getByRole('region', { name: 'Done' }).waitFor()
      await page.locator('.crew-place').getByText('All three agree.').waitFor()
      equal((await page.locator('.job strong').allInnerTexts()).includes('Concierto Plaza Mayor'), false, 'the job still needs attention')
    })
    check(Date.now() - started < 120_000, 'it took longer than two minutes')
  },

  async 'each state of the season is told in words'({ browser }) {
    await browser.open({}, async page => {
      await page.getByRole('button', { name: /Sign in as Olga/ }).click()
      const open = async title => {
        await page.locator('.job', { hasText: title }).click()
        await page.getByRole('heading', { name: title }).waitFor()
      }
      const seen = async name => {
        await crewIsRead(page)
        return differencesOf(page, name)
      }
      await open('Gira Marea · Valencia')
      equal(await seen('Joan Riera'), ['Mapped to a contact that is gone', 'Missing in Flex'], 'a stale row')
      await open('Teatro Romano: Medea')
      equal(await seen('Óscar Blanco'), ['Not assigned'], 'an orphan')
      equal(await seen('Contact without a profile'), ['Not assigned'], 'an orphan of nobody')
      await open('Feria del Vino')
      equal(await seen('Noor Visser'), ['No Flex resource id'], 'no resource id')
      await page.locator('.notice.bad').getByText('Iker Zabala').waitFor()
      await open('Boda en la Finca Las Encinas')
      equal(await seen('Fábio Leite'), ['Mapped to somebody else’s contact', 'Not in the table'], 'another’s contact')
      equal(await seen('Greta Holm'), ['Not in the table'], 'not in the table')
      equal(await seen('Mateo Salas'), ['Business role missing'], 'no role')
      await open('Ópera en el Parque')
      await page.getByText('linked to another department or job too').waitFor()
      await open('Maratón de Otoño')
      await page.getByText('Flex could not be read.').waitFor()
      await open('Congreso Salud 2030')
      await page.getByText('No crew call is mapped.').waitFor()
      await page.getByRole('link', { name: 'Activity' }).click()
      await page.getByRole('img', { name: /How long a run takes/ }).waitFor()
    })
  },

  async 'a technician of the season may see nothing'({ browser }) {
    await browser.open({ mayComplain: /status of 403/ }, async page => {
      await page.getByRole('button', { name: /Sign in as Leo/ }).click()
      await page.getByRole('alert').getByText('your role may not see or sync crews').waitFor()
    })
  },
}

const browser = await Console.launch(options.page)
const failed = await runCases(cases, { browser })
await browser.close()
process.exit(failed ? 1 : 0)
