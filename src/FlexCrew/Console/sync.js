import { api } from './api.js'
import { announce, h, replace, sleep } from './dom.js'
import { problem, sentenceList } from './explain.js'
import { has, seconds, t } from './i18n.js'
import { departmentName, forget } from './states.js'

const KEY = 'flexcrew-run'
const STAGES = ['resolving', 'pruning', 'adding', 'deleting stale rows', 'removing', 'done']
const EVERY = 400
const LOST = 1500

/** The run that was begun in this tab for the job and not seen to end: a page that was loaded again goes on with it. */
export function resumable(job) {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
  return kept?.job === job ? kept : null
}

/** Follows a run to its end: stages and counters, and what came of it. A lost connection is waited for. */
export async function syncPanel(root, { run, departments, job, signal, onEnded, begunAt = Date.now() }) {
  sessionStorage.setItem(KEY, JSON.stringify({ run, departments, job, begunAt }))
  const clock = h('span', { class: 'faint clock' })
  const lost = h('p', { class: 'trouble', role: 'status' })
  const lanes = new Map(departments.map(name => [name, lane(name)]))
  const close = h('button', { class: 'link', onclick: () => replace(root) }, t('close'))
  const title = h('h3', { id: 'run-title' }, t('sync.running'))
  const panel = h(
    'section',
    { class: 'panel run', 'aria-labelledby': 'run-title' },
    h('div', { class: 'row' }, title, clock),
    lost,
    [...lanes.values()].map(each => each.element),
  )
  replace(root, panel)
  const ticking = setInterval(() => {
    clock.textContent = seconds(Date.now() - begunAt)
  }, 100)

  let status = null
  while (!signal.aborted) {
    try {
      status = await api.run(run, signal)
      if (lost.textContent) {
        lost.textContent = ''
        announce(t('sync.found'))
      }
      const progress = status.body.customStatus ?? {}
      for (const [name, each] of lanes) each.show(progress[name])
      if (status.status === 200) break
      await sleep(EVERY, signal)
    } catch (error) {
      if (signal.aborted || error.status === 401) break
      if (error.status >= 400 && error.status < 500) {
        finish('bad')
        replace(panel, h('div', { class: 'row' }, h('p', {}, t('sync.forgotten')), close))
        return onEnded()
      }
      lost.textContent = t('sync.lost')
      await sleep(LOST, signal)
    }
  }
  clearInterval(ticking)
  if (signal.aborted || status?.status !== 200) return

  const { runtimeStatus, output } = status.body
  const summaries = runtimeStatus === 'Completed' ? output.summary : {}
  const failed = runtimeStatus !== 'Completed' || Object.values(summaries).every(each => each.errors && !each.added && !each.removed)
  const partial = Object.values(summaries).some(each => each.errors)
  for (const name of departments) forget(job, name)
  for (const [name, each] of lanes) each.end(summaries[name])
  const word = t(failed ? 'sync.failed' : partial ? 'sync.partial' : 'sync.done')
  finish(failed ? 'bad' : partial ? 'warn' : 'good')
  replace(title, word)
  panel.firstChild.append(close)
  if (runtimeStatus !== 'Completed') panel.append(problem({ status: 500, message: 'Sync failed', reference: run }))
  announce([word, ...departments.map(name => `${departmentName(name)}: ${countsOf(summaries[name])}`)].join(' '))
  onEnded()

  function finish(tone) {
    clearInterval(ticking)
    sessionStorage.removeItem(KEY)
    panel.classList.add(tone)
  }
}

export const countsOf = summary =>
  !summary
    ? ''
    : summary.note
      ? t('sync.noCrewCall')
      : t('sync.counts', {
          added: summary.added ?? 0,
          removed: summary.removed ?? 0,
          kept: summary.kept ?? 0,
          roles: summary.rolesSet ?? 0,
        })

/** A stage, with its counter where it has one; one that this page does not know is told as the host names it. */
function stageInWords({ stage, done, total }) {
  const words = has(`stage.${stage}`) ? t(`stage.${stage}`) : stage
  return total > 0 ? `${words} (${t('stage.count', { done, total })})` : words
}

/** One department's part of a run: the stages as steps, the counter of the one that is under way. */
function lane(name) {
  const steps = h(
    'ol',
    { class: 'steps', 'aria-hidden': 'true' },
    STAGES.map(() => h('li', {})),
  )
  const words = h('span', { class: 'stage' }, t('stage.starting'))
  const result = h('div', { class: 'result' })
  const element = h('div', { class: 'lane' }, h('strong', {}, departmentName(name)), steps, words, result)
  const show = progress => {
    if (!progress) return
    const at = STAGES.indexOf(progress.stage)
    ;[...steps.children].forEach((step, index) => {
      step.className = index < at || progress.stage === 'done' ? 'past' : index === at ? 'now' : ''
    })
    words.textContent = stageInWords(progress)
  }
  const end = summary => {
    show({ stage: 'done' })
    if (!summary) return
    words.textContent = countsOf(summary)
    replace(
      result,
      summary.coalesced && h('p', { class: 'faint' }, t('sync.coalesced')),
      summary.errors && sentenceList(summary.errors, {}, 'sentences bad'),
      summary.business_role_diagnostics && sentenceList(summary.business_role_diagnostics, {}, 'sentences'),
    )
  }
  return { element, show, end }
}
