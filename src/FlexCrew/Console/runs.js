import { h } from './dom.js'
import { sentenceList } from './explain.js'
import { difference } from './crew.js'
import { has, moment, relative, seconds, t } from './i18n.js'
import { departmentName, statusBadge } from './states.js'

/** Runs as a table; each can be opened to see what became of whom. */
export function runList(runs, names, { withJob }) {
  if (!runs.length) return h('p', { class: 'faint' }, t('runs.none'))
  const columns = ['status', 'when', withJob && 'what', 'counts', 'took', 'requests', 'who'].filter(Boolean)
  return h(
    'table',
    { class: 'runs' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        columns.map(name => h('th', { scope: 'col', class: name }, t(`runs.${name}`))),
        h('th', {}, h('span', { class: 'unseen' }, t('runs.details'))),
      ),
    ),
    h(
      'tbody',
      {},
      runs.map(run => rows(run, names, withJob, columns.length + 1)),
    ),
  )
}

function rows(run, names, withJob, width) {
  const details = h('tr', { class: 'details', hidden: true }, h('td', { colspan: width }, detailsOf(run, names)))
  const toggle = h(
    'button',
    {
      class: 'link',
      'aria-expanded': 'false',
      'aria-label': `${t('runs.details')}: ${moment(run.started_at)}, ${departmentName(run.department)}`,
      onclick: () => {
        details.hidden = !details.hidden
        toggle.setAttribute('aria-expanded', String(!details.hidden))
      },
    },
    '⋯',
  )
  const department = h('span', { class: 'faint' }, departmentName(run.department))
  return [
    h(
      'tr',
      {},
      h('td', { class: 'status' }, statusBadge(run.status)),
      h('td', { class: 'when', title: run.started_at }, moment(run.started_at), !withJob && [' ', department]),
      withJob &&
        h(
          'td',
          { class: 'what' },
          h('a', { href: `#/jobs/${run.job_id}/${run.department}` }, run.job_title ?? t('runs.jobGone')),
          ' ',
          department,
        ),
      h('td', { class: 'counts' }, counts(run)),
      h('td', { class: 'took' }, seconds(run.duration_ms)),
      h('td', { class: 'requests' }, run.flex_requests),
      h('td', { class: 'who' }, who(run)),
      h('td', { class: 'more' }, toggle),
    ),
    details,
  ]
}

// What a run did, in words; of drift, how much of it there is.
function counts(run) {
  if (run.status === 'drift') return t('state.differences', { n: run.details?.differences?.length ?? 0 })
  const told = ['added', 'removed', 'failed', 'kept'].filter(what => run[what])
  return told.map(what => t(`runs.${what}`, { n: run[what] })).join(', ') || '–'
}

function who(run) {
  if (run.triggered_by === 'retry') return `${t('runs.retry')}, ${t('runs.attempt', { n: run.attempt })}`
  if (run.triggered_by === 'drift') return t('runs.drift')
  return run.triggered_by_name ?? run.triggered_by.slice(0, 8)
}

function detailsOf(run, names) {
  const { errors = [], business_roles: roles = [], diagnostics = [], technicians = [], differences = [] } = run.details ?? {}
  const sentences = [...errors, ...roles, ...diagnostics]
  return h(
    'div',
    {},
    run.status === 'drift' && h('p', {}, driftTimes(run)),
    run.next_retry_at && h('p', {}, t('runs.next', { when: relative(run.next_retry_at) })),
    sentences.length > 0 && sentenceList(sentences, names),
    differences.length > 0 && differenceList(differences, names),
    technicians.length > 0 &&
      h(
        'ul',
        { class: 'outcomes' },
        technicians.map(each =>
          h(
            'li',
            {},
            h('strong', {}, names[each.technician_id] ?? each.technician_id?.slice(0, 8) ?? t('crew.unknown')),
            ' ',
            has(`outcome.${each.outcome}`) ? t(`outcome.${each.outcome}`) : each.outcome,
          ),
        ),
      ),
    !sentences.length && !technicians.length && !differences.length && h('p', { class: 'faint' }, t('runs.nothing')),
    h('p', { class: 'faint code' }, t('reference', { id: run.correlation_id })),
  )
}

/** How long drift has been there, and whether it still is. */
export const driftTimes = run =>
  run.details?.gone_at
    ? t('drift.gone', { since: moment(run.started_at), when: moment(run.details.gone_at) })
    : t('drift.since', { since: moment(run.started_at), when: relative(run.finished_at) })

export const differenceList = (differences, names) =>
  h(
    'ul',
    { class: 'people-differences' },
    differences.map(each =>
      h(
        'li',
        {},
        h('span', {}, each.name ?? names[each.technician_id] ?? t('crew.unknown')),
        h('ul', { class: 'differences' }, difference(each)),
      ),
    ),
  )
