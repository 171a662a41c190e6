import { api } from './api.js'
import { h, replace } from './dom.js'
import { problem } from './explain.js'
import { t } from './i18n.js'
import { differenceList, driftTimes } from './runs.js'
import { departmentName } from './states.js'

/** What the drift checks found: of each department the newest. */
export function drift(root, { signal }) {
  const list = h('div', { class: 'cards' })
  replace(root, h('h1', {}, t('drift.title')), h('p', { class: 'lead' }, t('drift.text')), list)
  read()

  async function read() {
    try {
      const { runs, names } = await api.runs({ status: 'drift', limit: 200 }, signal)
      const newest = [...new Map(runs.map(run => [`${run.job_id}:${run.department}`, run]).reverse()).values()].sort((one, other) =>
        one.started_at < other.started_at ? 1 : -1,
      )
      replace(
        list,
        newest.length
          ? newest.map(run => card(run, names))
          : h('div', { class: 'empty' }, h('h2', {}, t('drift.none')), h('p', { class: 'faint' }, t('drift.noneText'))),
      )
    } catch (error) {
      if (!signal.aborted) replace(list, problem(error, read))
    }
  }
}

const card = (run, names) =>
  h(
    'article',
    { class: run.details?.gone_at ? 'panel over' : 'panel' },
    h(
      'div',
      { class: 'row' },
      h('h2', {}, run.job_title ?? t('runs.jobGone'), ' ', h('span', { class: 'faint' }, departmentName(run.department))),
      h('span', { class: 'faint', title: run.started_at }, driftTimes(run)),
    ),
    differenceList(run.details?.differences ?? [], names),
    h('a', { href: `#/jobs/${run.job_id}/${run.department}` }, t('drift.open')),
  )
