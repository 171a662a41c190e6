import { check, equal } from '../lib/cases.mjs'
import { signInWith } from '../lib/console.mjs'
import { named, page as pageOf } from '../lib/world.mjs'

const REFUSED = /the server responded with a status of 40[13]/

/** Who sees what. */
export const signing = {
  async 'without a token nothing is shown and nothing is asked'({ browser, stage }) {
    const world = named(stage, await stage.job(1), 'A secret job', ['Nobody Special'])
    await browser.open({ hash: pageOf(world) }, async page => {
      const asked = []
      page.on('request', request => asked.push(request.url()))
      await page.reload()
      await page.locator('#token').waitFor()
      await page.waitForTimeout(300)
      equal(await page.getByText('A secret job').count(), 0, 'the job on the page')
      equal(
        asked.filter(url => /console\/(session|jobs|runs|stats|leases)/.test(url)),
        [],
        'what was asked',
      )
    })
  },

  async 'a token that is none is refused in words'({ browser }) {
    await browser.open({ mayComplain: REFUSED }, async page => {
      await page.locator('#token').fill('nonsense')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('alert').getByText('The token is not valid or has expired.').waitFor()
      equal(await page.evaluate(() => sessionStorage.length), 0, 'what is kept')
    })
  },

  async 'a technician is told that they may not, and sees no job'({ browser, tokens }) {
    await browser.open({ mayComplain: REFUSED }, async page => {
      await page.locator('#token').fill(tokens.technician)
      await page.locator('#token').press('Enter')
      await page.getByRole('alert').getByText('your role may not see or sync crews').waitFor()
      equal(await page.locator('.job').count(), 0, 'jobs')
    })
  },

  async 'whoever signs out leaves no token behind, and the page shows nothing more'({ browser, tokens }) {
    await browser.open({ token: tokens.manager }, async page => {
      await page.locator('.job').first().waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.locator('#token').waitFor()
      equal(await page.locator('.job').count(), 0, 'jobs')
      equal(
        await page.evaluate(() => [sessionStorage.length, Object.values(localStorage).join().includes('eyJ')]),
        [0, false],
        'what is kept',
      )
      await page.reload()
      await page.locator('#token').waitFor()
    })
  },

  async 'a token that expires while the page is open leads back to signing in'({ browser, tokens }) {
    await browser.open({ token: tokens.manager, mayComplain: REFUSED }, async page => {
      await page.locator('.job').first().waitFor()
      await page.evaluate(() => sessionStorage.setItem('flexcrew-token', 'expired'))
      await page.getByRole('link', { name: 'Activity' }).click()
      await page.getByText('The token is not valid or has expired.').waitFor()
      await signInWith(page, tokens.manager)
      await page.locator('.job').first().waitFor()
    })
  },

  async 'the page is kept from scripts, styles and frames of others'({ browser }) {
    const response = await fetch(browser.url)
    const policy = response.headers.get('content-security-policy') ?? ''
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      check(policy.includes(directive), `${directive} is missing in ${policy}`)
    const html = await response.text()
    check(!/<script(?![^>]*\bsrc=)|\bstyle=|<style|\bon\w+=|https?:\/\//.test(html), 'the page has something inline, or of elsewhere')
  },

  async 'names are shown as they are written, whatever is in them'({ browser, stage, tokens }) {
    const title = '<img src=x onerror=alert(1)>'
    const world = named(stage, await stage.job(1), title, ['<b>Bea</b> <script>'])
    await browser.open({ token: tokens.manager, hash: pageOf(world) }, async page => {
      await page.getByRole('heading', { name: title }).waitFor()
      await page.getByRole('rowheader', { name: '<b>Bea</b> <script>' }).waitFor()
      equal(await page.locator('img, main script, main b').count(), 0, 'elements that the names made')
    })
  },
}
