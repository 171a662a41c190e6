import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const WAIT = 60_000

/** A browser in which consoles are opened. */
export class Console {
  static async launch(url) {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    return new Console(browser, url)
  }

  constructor(browser, url) {
    Object.assign(this, { browser, url })
  }

  close() {
    return this.browser.close()
  }

  /**
   * Opens the console, signs in with the token where there is one, and lets `use` do what a person does. Whatever the page
   * writes to its console as an error fails the case, unless it fits `mayComplain`.
   */
  async open({ token, hash = '', locale = 'en-GB', width = 1280, scale = 1, scheme = 'light', mayComplain = null }, use) {
    const context = await this.browser.newContext({
      locale,
      viewport: { width, height: 800 },
      deviceScaleFactor: scale,
      colorScheme: scheme,
    })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(WAIT)
      const complaints = []
      const complain = text => (mayComplain?.test(text) ? null : complaints.push(text))
      page.on('console', message => message.type() === 'error' && complain(message.text()))
      page.on('pageerror', error => complain(error.message))
      await page.goto(this.url + hash)
      if (token) await signInWith(page, token)
      const result = await use(page, context)
      if (complaints.length) throw new Error(`the page complained: ${complaints.join('; ')}`)
      return result
    } finally {
      await context.close()
    }
  }
}

export async function signInWith(page, token) {
  await page.locator('#token').fill(token)
  await page.locator('#token').press('Enter')
  await page.locator('.bar nav').waitFor()
}

/** What axe finds serious or worse, in a few words each. */
export async function violations(page) {
  // The page's own policy forbids scripts from elsewhere, so axe comes in by the debugger's door.
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
  return violations
    .filter(each => ['serious', 'critical'].includes(each.impact))
    .map(each => `${each.id}: ${each.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
}

/** The words of the differences of a person, as the table shows them. */
export async function differencesOf(page, name) {
  const row = page.locator('table.crew tbody tr', { has: page.locator('th', { hasText: name }) })
  await row.first().waitFor()
  return row.locator('.difference').allInnerTexts()
}

export const crewIsRead = page => page.locator('.crew-place[aria-busy=false] .notice').first().waitFor()

/** Waits until the list shows this job and no other. */
export async function onlyJob(page, title) {
  await page.locator('.job', { hasText: title }).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.job').length === 1)
}
