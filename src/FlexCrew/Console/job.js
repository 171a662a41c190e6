import { api } from './api.js'
import { announce, h, replace } from './dom.js'
import { problem, runbookLink, sentenceList } from './explain.js'
import { crewTable } from './crew.js'
import { relative, span, t, time } from './i18n.js'
import { planOf } from './plan.js'
import { runList } from './runs.js'
import { badge, departmentName, matters, remember, standing } from './states.js'
import { resumable, syncPanel } from './sync.js'

/** One job: its departments, and of the chosen one the crew in the three places. */
export async function job(root, { id, department, session, signal, onChanged }) {
  let found = null
  const body = h('div', { class: 'job-body' })
  replace(root, h('a', { class: 'back', href: '#/jobs' }, `← ${t('jobs.back')}`), h('h2', { class: 'unseen' }, t('loading')), body)
  try {
    found = (await api.jobs({ job: id }, signal)).jobs[0]
  } catch (error) {
    if (!signal.aborted)
      replace(
        body,
        problem(error, () => job(root, { id, department, session, signal, onChanged })),
      )
    return
  }
  if (signal.aborted) return
  if (!found) {
    replace(body, h('p', { class: 'empty' }, t('jobs.none')))
    return
  }

  const chosen = found.departments.find(each => each.department === department) ?? worst(found)
  const crewPlace = h('div', { class: 'crew-place', 'aria-busy': 'true' })
  const planPlace = h('div', { 'aria-live': 'polite' })
  const runPlace = h('div', {})
  const whyPlace = h('div', {})
  const historyPlace = h('section', { class: 'panel', 'aria-labelledby': 'job-runs' })
  const tabs = h('nav', { class: 'tabs', 'aria-label': t('department') })
  const prune = h('input', { type: 'checkbox', id: 'prune', checked: true })
  const buttons = [
    h(
      'button',
      { class: 'button primary', onclick: () => start([chosen.department]) },
      t('sync.one', { department: departmentName(chosen.department).toLowerCase() }),
    ),
    found.departments.length > 1 &&
      h('button', { class: 'button', onclick: () => start(found.departments.map(each => each.department)) }, t('sync.all')),
    h('button', { class: 'button', onclick: plan }, t('sync.plan')),
  ].filter(Boolean)

  replace(
    root,
    h('a', { class: 'back', href: '#/jobs' }, `← ${t('jobs.back')}`),
    h(
      'header',
      { class: 'job-head' },
      h('h2', {}, found.title ?? found.id),
      h('p', { class: 'faint' }, [span(found.start_time, found.end_time), found.status].filter(Boolean).join(' · ')),
    ),
    found.departments.length ? tabs : h('p', { class: 'faint' }, t('crew.none')),
    found.departments.length && [
      h('div', { class: 'toolbar' }, buttons, h('label', { class: 'check', for: 'prune' }, prune, t('sync.prune'))),
      runPlace,
      planPlace,
      whyPlace,
      crewPlace,
    ],
    historyPlace,
  )
  drawTabs()
  if (chosen) readCrew()
  readHistory()
  const left = resumable(id)
  if (left) syncPanel(runPlace, { ...left, job: id, signal, onEnded: ended })

  function drawTabs() {
    replace(
      tabs,
      found.departments.map(each =>
        h(
          'a',
          {
            href: `#/jobs/${id}/${each.department}`,
            'aria-current': each.department === chosen.department ? 'page' : null,
          },
          departmentName(each.department),
          badge(standing(found, each)),
        ),
      ),
    )
  }

  async function readCrew() {
    if (!crewPlace.childElementCount) replace(crewPlace, skeleton())
    crewPlace.setAttribute('aria-busy', 'true')
    try {
      const crew = await api.crew(id, chosen.department, signal)
      remember(id, chosen.department, crew)
      replace(crewPlace, verdict(crew), crew.people.length > 0 && crewTable(crew), foot(crew))
      drawTabs()
      onChanged()
    } catch (error) {
      if (!signal.aborted) replace(crewPlace, problem(error, readCrew))
    }
    crewPlace.setAttribute('aria-busy', 'false')
  }

  function verdict(crew) {
    if (!crew.flex_element_id)
      return notice(
        'bad',
        t('verdict.noMapping'),
        [t('verdict.noMappingText', { n: crew.people.length })],
        runbookLink('someone-is-missing'),
      )
    if (crew.error) return notice('bad', t('verdict.unreadable'), [sentenceList([crew.error]), t('verdict.unreadableText')])
    const all = crew.people.flatMap(person => person.differences).filter(matters)
    const [bySync, byPerson] = ['sync', 'person'].map(remedy => all.filter(difference => difference.remedy === remedy).length)
    if (!all.length)
      return notice('good', t('verdict.same'), [t('verdict.sameText', { n: crew.people.filter(person => person.should).length })])
    return notice('warn', t('verdict.differs', { n: all.length }), [
      [bySync && t('verdict.sync', { n: bySync }), byPerson && t('verdict.person', { n: byPerson })].filter(Boolean).join(' '),
    ])
  }

  /** Why the newest run of the department did not succeed, where it did not. */
  function lastRun(runs, names) {
    const run = runs.find(each => each.department === chosen?.department && !['coalesced', 'drift'].includes(each.status))
    if (!run || !['failed', 'partial'].includes(run.status)) return null
    return notice('bad', `${t('verdict.failed')} (${relative(run.started_at)}).`, [
      sentenceList(run.details?.errors ?? run.details?.business_roles ?? [], names),
      run.next_retry_at && t('verdict.retry', { when: relative(run.next_retry_at) }),
    ])
  }

  function foot(crew) {
    return h(
      'div',
      { class: 'crew-foot faint' },
      crew.flex_element_id && h('span', {}, t('crew.readAt', { time: time(crew.read_at), n: crew.flex_requests })),
      crew.flex_element_id && h('button', { class: 'link', onclick: readCrew }, t('crew.again')),
      crew.shared && h('span', {}, t('crew.shared')),
      chosen.crew_calls > 1 && h('span', {}, t('crew.several', { n: chosen.crew_calls })),
    )
  }

  async function plan() {
    replace(planPlace, h('p', { class: 'faint' }, t('loading')))
    try {
      const { summary } = await api.plan(id, [chosen.department], prune.checked, signal)
      replace(
        planPlace,
        planOf(summary[chosen.department], () => replace(planPlace)),
      )
    } catch (error) {
      if (!signal.aborted) replace(planPlace, problem(error, plan))
    }
  }

  async function start(departments) {
    replace(planPlace)
    buttons.forEach(button => {
      button.disabled = true
    })
    try {
      const { id: run } = await api.sync(id, departments, prune.checked)
      announce(t('sync.started'))
      syncPanel(runPlace, { run, departments, job: id, signal, onEnded: ended })
      onChanged()
    } catch (error) {
      replace(
        runPlace,
        problem(error, () => start(departments)),
      )
      buttons.forEach(button => {
        button.disabled = false
      })
    }
  }

  async function ended() {
    buttons.forEach(button => {
      button.disabled = false
    })
    const fresh = await api.jobs({ job: id }, signal).catch(() => null)
    const now = fresh?.jobs[0]?.departments.find(each => each.department === chosen.department)
    if (now) {
      found.departments = fresh.jobs[0].departments
      Object.assign(chosen, now, { drift: now.drift, last_run: now.last_run })
    }
    readCrew()
    readHistory()
  }

  async function readHistory() {
    try {
      const { runs, names } = await api.runs({ job: id, limit: 10 }, signal)
      replace(whyPlace, lastRun(runs, names))
      replace(historyPlace, h('h3', { id: 'job-runs' }, t('runs.job')), runList(runs, names, { withJob: false }))
    } catch (error) {
      if (!signal.aborted) replace(historyPlace, problem(error, readHistory))
    }
  }
}

const order = ['bad', 'warn', 'busy', 'quiet', 'good']
const worst = found =>
  [...found.departments].sort((one, other) => order.indexOf(standing(found, one).tone) - order.indexOf(standing(found, other).tone))[0]

const notice = (tone, title, lines, link) =>
  h(
    'div',
    { class: `notice ${tone}` },
    h('p', {}, h('strong', {}, title)),
    lines.filter(Boolean).map(line => (typeof line === 'string' ? h('p', {}, line) : line)),
    link,
  )

const skeleton = () =>
  h(
    'div',
    { class: 'skeleton' },
    h('span', { class: 'unseen' }, t('loading')),
    Array.from({ length: 6 }, () => h('div', {})),
  )
