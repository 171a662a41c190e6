import { api, forgetToken, token, whenRefused } from './api.js'
import { announce, focusHeading, h, replace, sleep } from './dom.js'
import { currentLanguage, languages, setLanguage, t } from './i18n.js'
import { activity } from './activity.js'
import { drift } from './drift.js'
import { jobs } from './jobs.js'
import { leases } from './leases.js'
import { signIn } from './sign-in.js'

const app = document.getElementById('app')
const views = { jobs, activity, drift, leases }
let session = null
let leave = null

const route = () => {
  const [view, ...rest] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  return views[view] ? { view, rest } : { view: 'jobs', rest: [] }
}

async function start() {
  whenRefused(() => signOut(t('error.401')))
  addEventListener('hashchange', () => session && show(true))
  if (!token()) return ask()
  try {
    entered(await api.session())
  } catch (error) {
    if (error.status !== 401) ask(t(error.status === 403 ? 'error.403' : error.status === 0 ? 'error.network' : 'error.500'))
  }
}

function ask(message) {
  frame(h('div', { class: 'content' }))
  signIn(app.querySelector('.content'), { message, onSignedIn: entered })
}

function entered(who) {
  session = who
  show(false)
  watchHealth()
}

function signOut(message) {
  forgetToken()
  sessionStorage.removeItem('flexcrew-run')
  session = null
  leave?.abort()
  if (location.hash) history.replaceState(null, '', location.pathname)
  ask(message)
}

function show(moveFocus) {
  leave?.abort()
  leave = new AbortController()
  const { view, rest } = route()
  const content = app.querySelector('.content')
  if (content?.dataset.view === view && content.update?.(rest)) return
  frame(h('main', { class: `content view-${view}`, id: 'main', tabindex: '-1', 'data-view': view }), view)
  const main = app.querySelector('.content')
  document.title = `${t(`nav.${view}`)} · FlexCrew`
  views[view](main, { rest, session, signal: leave.signal })
  if (moveFocus) focusHeading(main)
}

function frame(content, view) {
  const tab = name => h('a', { href: `#/${name}`, 'aria-current': name === view ? 'page' : null }, t(`nav.${name}`))
  replace(
    app,
    h('button', { class: 'skip', onclick: () => content.focus() }, t('skip')),
    h(
      'header',
      { class: 'bar' },
      h('a', { class: 'brand', href: '#/jobs' }, h('span', { class: 'mark', 'aria-hidden': 'true' }), 'FlexCrew'),
      session && h('nav', { 'aria-label': t('nav') }, Object.keys(views).map(tab)),
      h(
        'div',
        { class: 'corner' },
        session && h('span', { id: 'health', class: 'health' }),
        h(
          'div',
          { class: 'languages', role: 'group', 'aria-label': t('language') },
          languages.map(name =>
            h(
              'button',
              {
                lang: name,
                'aria-pressed': String(name === currentLanguage()),
                onclick: () => speak(name),
              },
              name.toUpperCase(),
            ),
          ),
        ),
        session &&
          h(
            'span',
            { class: 'who' },
            h('strong', {}, session.name ?? session.user_id.slice(0, 8)),
            ' ',
            h('span', { class: 'faint' }, t(`role.${session.role}`)),
          ),
        session && h('button', { class: 'button quiet', onclick: () => signOut() }, t('signOut')),
      ),
    ),
    content,
  )
  tellHealth()
}

function speak(name) {
  setLanguage(name)
  if (session) show(false)
  else ask()
  app.querySelector(`.languages [lang=${name}]`)?.focus()
}

const READY_EVERY = 20
let health = null
let watching = false
async function watchHealth() {
  if (watching) return
  watching = true
  // Readiness asks Flex, whose requests are counted: now and then is enough. Whether the host is there costs nothing.
  for (let round = 0; session; round++) {
    const before = health
    try {
      const { status, checks } = await api.health(round % READY_EVERY === 0)
      const failed = Object.keys(checks ?? {}).find(name => checks[name] !== 'ok')
      if (checks || health?.text === 'gone')
        health = status === 'ok' ? { good: true, text: 'online' } : { good: false, text: failed ? `offline.${failed}` : 'offline' }
    } catch {
      health = { good: false, text: 'gone' }
    }
    tellHealth()
    if (before && before.text !== health.text) announce(t(health.text))
    await sleep(15000)
  }
  watching = false
}

function tellHealth() {
  const place = document.getElementById('health')
  if (!place || !health) return
  place.className = `health ${health.good ? 'good' : 'bad'}`
  replace(place, h('span', { class: 'dot', 'aria-hidden': 'true' }), h('span', { class: 'word' }, t(health.text)))
}

start()
