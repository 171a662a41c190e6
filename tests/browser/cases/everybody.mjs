import { check, equal } from '../lib/cases.mjs'
import { crewIsRead, onlyJob, signInWith, violations } from '../lib/console.mjs'
import { page as pageOf, troubled } from '../lib/world.mjs'

const VIEWS = ['#/jobs', '#/activity', '#/drift', '#/leases']
const FIRST_PAINT = 300

async function eachView(page, world, look) {
  for (const view of [...VIEWS, pageOf(world)]) {
    await page.evaluate(hash => {
      location.hash = hash
    }, view)
    if (view === pageOf(world)) await crewIsRead(page)
    else await page.locator('.job, .chart svg, main p, article').first().waitFor()
    await page.waitForTimeout(300)
    await look(view)
  }
}

/** In each language, at each width, by keyboard, in the dark, for whoever does not see. */
export const everybody = {
  async 'a browser that speaks Spanish gets Spanish, and the choice of another language is kept'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await browser.open({ token: tokens.manager, hash: pageOf(world), locale: 'es-ES' }, async page => {
      await page.getByRole('columnheader', { name: 'Como está en Flex' }).waitFor()
      await page.getByRole('button', { name: 'Sincronizar sonido' }).click()
      await page.getByRole('region', { name: 'Hecho' }).waitFor()
      await page.locator('.run').getByText('2 añadidos, 2 quitados').waitFor()
      equal(await page.evaluate(() => document.documentElement.lang), 'es', 'lang')
      await page.getByRole('button', { name: 'EN', exact: true }).click()
      await page.reload()
      await page.getByRole('columnheader', { name: 'As Flex has it' }).waitFor()
    })
  },

  async 'nothing is left in English where the page speaks Spanish'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await stage.click(world.job)
    await browser.open({ token: tokens.manager, locale: 'es-ES' }, async page => {
      await eachView(page, world, async view => {
        const text = await page.locator('#app').innerText()
        const english = text.match(/\b(the|and|with|of|is|are|not|sync|run|runs|added|removed)\b/gi) ?? []
        equal(english, [], `English words in ${view}`)
      })
    })
  },

  async 'no view is wider than a phone'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await stage.click(world.job)
    await browser.open({ token: tokens.manager, width: 360 }, async page => {
      await eachView(page, world, async view => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        check(width <= 360, `${view} is ${width} px wide`)
      })
      await page.getByRole('link', { name: /All jobs/ }).click()
      await page.locator('.job').first().waitFor({ state: 'visible' })
    })
  },

  async 'a crew can be put right with the keyboard alone'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await browser.open({}, async page => {
      await page.keyboard.press('Tab')
      await focusOn(page, element => element.id === 'token')
      await page.keyboard.type(tokens.manager)
      await page.keyboard.press('Enter')
      await page.locator('.job').first().waitFor()
      await focusOn(page, element => element.type === 'search')
      await page.keyboard.type(world.title)
      await onlyJob(page, world.title)
      await focusOn(page, element => element.classList.contains('job'))
      await page.keyboard.press('Enter')
      await crewIsRead(page)
      await focusOn(page, element => element.textContent === 'Sync sound')
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'Done' }).waitFor()
    })
    equal(await stage.wrongs(world), [], 'the world')
  },

  async 'a screen reader is told of a sync that ended'({ browser, stage, tokens }) {
    const world = await troubled(stage)
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await crewIsRead(page)
      await page.getByRole('button', { name: 'Sync sound' }).click()
      await page.locator('#live', { hasText: 'Sound: 2 added, 2 removed' }).waitFor({ state: 'attached' })
    })
  },

  ...Object.fromEntries(
    ['light', 'dark'].map(scheme => [
      `axe finds nothing serious in any view, ${scheme}`,
      async ({ browser, stage, tokens }) => {
        const world = await troubled(stage)
        await stage.click((await stage.job(1)).job)
        await browser.open({ scheme }, async page => {
          await page.locator('#token').waitFor()
          equal(await violations(page), [], 'signing in')
          await signInWith(page, tokens.admin)
          await eachView(page, world, async view => equal(await violations(page), [], view))
          await page.getByRole('button', { name: 'Show the plan' }).click()
          await page.getByRole('region', { name: 'What a sync would do' }).waitFor()
          await page.getByRole('button', { name: 'Sync sound' }).click()
          await page.getByRole('region', { name: 'Done' }).waitFor()
          await page.locator('.runs button').first().click()
          equal(await violations(page), [], 'a run and its history')
        })
      },
    ]),
  ),

  async 'the first paint of a first visit takes less than 300 ms'({ browser, tokens }) {
    const visits = []
    const best = () => Math.min(...visits.map(visit => visit.first))
    // Each visit has a profile of its own, in which nothing is cached. Whatever else the machine does can only make a paint later, so the
    // best of five tells what the page takes, and of up to fifteen on a machine that is busy. All are printed.
    while (visits.length < 5 || (visits.length < 15 && best() >= FIRST_PAINT))
      await browser.open({}, async page => {
        const first = await firstPaint(page)
        await signInWith(page, tokens.manager)
        await page.reload()
        const jobs = await page.waitForFunction(() => document.querySelector('.job') && performance.now())
        visits.push({ first, again: await firstPaint(page), jobs: Math.round(await jobs.jsonValue()) })
      })
    for (const [what, words] of Object.entries({ first: 'first visit', again: 'second visit', jobs: 'jobs are shown' }))
      console.log(`         ${words}: ${visits.map(visit => visit[what]).join(', ')} ms`)
    check(best() < FIRST_PAINT, `${best()} ms`)
  },
}

const firstPaint = page =>
  page
    .waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
    .then(paint => paint.jsonValue())
    .then(Math.round)

/** Presses Tab until the focus is where it should be. */
async function focusOn(page, isIt) {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate(`(${isIt})(document.activeElement)`)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never leads to ${isIt}`)
}
