#!/usr/bin/env node
// Takes the pictures of the README: the console on the season of scripts/run, and the flow from docs/pictures/flow.html.
//
//   node tests/browser/pictures.mjs --page URL --out FOLDER
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Console, crewIsRead } from './lib/console.mjs'

const { values: options } = parseArgs({ options: { page: { type: 'string' }, out: { type: 'string' } } })
const browser = await Console.launch(options.page)

await browser.open({ width: 1280, scale: 1.5 }, async page => {
  await page.getByRole('button', { name: /Sign in as Marta/ }).click()
  await page.locator('.job').first().waitFor()
  await page.getByRole('button', { name: 'Check all in Flex' }).click()
  await page.locator('#live', { hasText: 'Checked in Flex' }).waitFor({ state: 'attached' })
  await page.locator('.job', { hasText: 'Concierto Plaza Mayor' }).click()
  await crewIsRead(page)
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await page.getByRole('region', { name: 'What a sync would do' }).waitFor()
  await page.mouse.move(0, 0)
  await page.locator('.health.good').waitFor()
  await page.screenshot({ path: `${options.out}/console.png` })
  await page.getByRole('link', { name: 'Activity' }).click()
  await page.locator('.chart svg').nth(2).waitFor()
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${options.out}/activity.png` })
})

const flow = new Console(browser.browser, pathToFileURL(`${options.out}/flow.html`).href)
await flow.open({ width: 1200, scale: 1.5 }, page => page.locator('main').screenshot({ path: `${options.out}/flow.png` }))
await browser.close()
