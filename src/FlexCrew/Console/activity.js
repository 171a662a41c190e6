import { api } from './api.js'
import { durationChart, outcomeChart, requestChart } from './charts.js'
import { h, replace } from './dom.js'
import { problem } from './explain.js'
import { number, seconds, t } from './i18n.js'
import { runList } from './runs.js'

const DAYS = 14
const PAGE = 30

/** Figures, charts and the history of all jobs. */
export function activity(root, { signal }) {
  const figures = h('div', { class: 'figures' })
  const charts = h('div', { class: 'charts' })
  const list = h('div', {})
  const statuses = ['', 'succeeded', 'partial', 'failed', 'coalesced', 'skipped', 'drift']
  const choose = h(
    'select',
    { 'aria-label': t('runs.status'), onchange: readRuns },
    statuses.map(status => h('option', { value: status }, t(status ? `status.${status}` : 'runs.all'))),
  )
  const more = h('button', { class: 'button', hidden: true, onclick: readMore }, t('runs.more'))
  let shown = { runs: [], names: {} }

  replace(
    root,
    h('h1', {}, t('activity.title')),
    figures,
    charts,
    h(
      'section',
      { class: 'panel', 'aria-labelledby': 'runs-title' },
      h('div', { class: 'row' }, h('h2', { id: 'runs-title' }, t('runs.title')), choose),
      list,
      more,
    ),
  )
  readStats()
  readRuns()

  async function readStats() {
    try {
      const stats = await api.stats(DAYS, signal)
      replace(figures, figuresOf(stats))
      replace(charts)
      for (const make of [durationChart, outcomeChart, requestChart]) charts.append(make(stats, DAYS))
    } catch (error) {
      if (!signal.aborted) replace(charts, problem(error, readStats))
    }
  }

  async function readRuns() {
    shown = { runs: [], names: {} }
    await readMore()
  }

  async function readMore() {
    try {
      const page = await api.runs({ status: choose.value, before: shown.runs.at(-1)?.started_at, limit: PAGE }, signal)
      const known = new Set(shown.runs.map(run => run.id))
      shown = { runs: [...shown.runs, ...page.runs.filter(run => !known.has(run.id))], names: { ...shown.names, ...page.names } }
      replace(list, runList(shown.runs, shown.names, { withJob: true }))
      more.hidden = page.runs.length < PAGE
    } catch (error) {
      if (!signal.aborted) replace(list, problem(error, readMore))
    }
  }
}

const sum = (hours, ...keys) => hours.reduce((total, hour) => total + keys.reduce((of, key) => of + hour[key], 0), 0)
export const quantile = (sorted, share) => (sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] : 0)

function figuresOf(stats) {
  const times = stats.durations.map(run => run.duration_ms).sort((one, other) => one - other)
  const busiest = Math.max(0, ...stats.hours.map(hour => hour.flex_requests))
  const day = stats.hours.filter(hour => new Date(stats.until) - new Date(hour.hour) < 86400000)
  const all = sum(stats.hours, 'succeeded', 'coalesced', 'partial', 'failed')
  const bad = sum(stats.hours, 'partial', 'failed')
  return [
    [t('activity.runs', { days: DAYS }), number(all), t('activity.today', { n: sum(day, 'succeeded', 'coalesced', 'partial', 'failed') })],
    [t('activity.failed'), number(bad), t('activity.today', { n: sum(day, 'partial', 'failed') }), bad ? 'warn' : 'good'],
    [t('activity.typical'), seconds(quantile(times, 0.5)), t('activity.slowest', { time: seconds(quantile(times, 0.95)) })],
    [
      t('activity.hour'),
      number(busiest),
      t('activity.budget', { percent: Math.round((busiest / stats.budget_per_hour) * 100), budget: number(stats.budget_per_hour) }),
      busiest > stats.budget_per_hour * 0.7 ? 'warn' : '',
    ],
  ].map(([name, value, note, tone]) =>
    h('dl', { class: `figure ${tone ?? ''}` }, h('dt', {}, name), h('dd', {}, h('strong', {}, value), h('span', { class: 'faint' }, note))),
  )
}
