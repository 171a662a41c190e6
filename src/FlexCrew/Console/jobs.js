import { api } from './api.js'
import { announce, focusHeading, h, replace, sleep } from './dom.js'
import { problem } from './explain.js'
import { day, span, t } from './i18n.js'
import { job as showJob } from './job.js'
import { badge, departmentName, isOver, needsAttention, remember, standing } from './states.js'

/** The list of jobs, and the chosen one beside it. */
export function jobs(root, context) {
  const state = { all: [], search: '', onlyWrong: false, chosen: null, checking: false }
  const list = h('ul', { class: 'jobs' })
  const count = h('p', { class: 'faint count', role: 'status' })
  const detail = h('section', { class: 'detail', 'aria-label': t('jobs.pick') })
  const check = h('button', { class: 'button small', onclick: checkAll }, t('jobs.check'))
  const filter = (wrong, text) =>
    h(
      'button',
      {
        'aria-pressed': 'false',
        onclick: () => {
          state.onlyWrong = wrong
          draw()
        },
      },
      text,
    )
  const filters = [filter(false, t('jobs.all')), filter(true, t('jobs.wrong'))]
  let leaveJob = null
  let searching = null

  replace(
    root,
    h(
      'section',
      { class: 'list', 'aria-labelledby': 'jobs-title' },
      h(
        'div',
        { class: 'list-head' },
        h('div', { class: 'row' }, h('h1', { id: 'jobs-title' }, t('jobs.title')), check),
        h('input', {
          type: 'search',
          'aria-label': t('jobs.search'),
          placeholder: t('jobs.search'),
          oninput: event => search(event.target.value),
        }),
        h('div', { class: 'segments', role: 'group' }, filters),
        count,
      ),
      list,
    ),
    detail,
  )
  root.update = rest => {
    open(rest)
    return true
  }
  context.signal.addEventListener('abort', () => {
    if (!location.hash.startsWith('#/jobs')) leaveJob?.abort()
  })
  replace(list, h('li', { class: 'faint pad' }, t('loading')))
  open(context.rest)
  load()
  poll()

  async function load() {
    try {
      state.all = (await api.jobs({ search: state.search, limit: 60 })).jobs
      draw()
    } catch (error) {
      if (!state.all.length && error.name !== 'AbortError') replace(list, h('li', {}, problem(error, load)))
    }
  }

  // What others do shows by itself: a job that is being synced, a run that ended.
  async function poll() {
    while (root.isConnected) {
      await sleep(10000)
      if (root.isConnected && !document.hidden && !state.checking) await load()
    }
  }

  function search(text) {
    state.search = text
    clearTimeout(searching)
    searching = setTimeout(load, 200)
  }

  function draw() {
    const wrong = state.all.filter(needsAttention)
    const shown = state.onlyWrong ? wrong : state.all
    filters.forEach((button, index) => button.setAttribute('aria-pressed', String(state.onlyWrong === Boolean(index))))
    replace(filters[1], t('jobs.wrong'), h('span', { class: 'pill' }, wrong.length))
    count.textContent = t('jobs.count', { n: state.all.length, wrong: wrong.length })
    const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
    replace(
      list,
      shown.length ? shown.map(item) : h('li', { class: 'faint pad' }, t(state.onlyWrong && !state.search ? 'jobs.allWell' : 'jobs.none')),
    )
    if (focused) list.querySelector(`a[href="${focused}"]`)?.focus()
  }

  function item(job) {
    const tone = isOver(job) ? 'past' : needsAttention(job) ? 'attention' : 'fine'
    return h(
      'li',
      {},
      h(
        'a',
        { class: `job ${tone}`, href: `#/jobs/${job.id}`, 'aria-current': job.id === state.chosen ? 'true' : null },
        h(
          'span',
          { class: 'row' },
          h('strong', {}, job.title ?? job.id),
          h('span', { class: 'when' }, isOver(job) ? t('jobs.past') : job.start_time && day(job.start_time)),
        ),
        h(
          'span',
          { class: 'standings' },
          job.departments.map(each =>
            h('span', { class: 'standing' }, h('span', { class: 'faint' }, departmentName(each.department)), badge(standing(job, each))),
          ),
        ),
      ),
    )
  }

  function open([id, department]) {
    leaveJob?.abort()
    leaveJob = new AbortController()
    state.chosen = id ?? null
    root.classList.toggle('chosen', Boolean(id))
    draw()
    if (!id) {
      replace(detail, h('div', { class: 'empty' }, h('h2', {}, t('jobs.pick')), h('p', { class: 'faint' }, t('jobs.pickText'))))
      return
    }
    showJob(detail, { id, department, session: context.session, signal: leaveJob.signal, onChanged: load })
    focusHeading(detail)
  }

  /** Reads each crew call of the jobs to come in Flex, two at a time: one request each. */
  async function checkAll() {
    const work = state.all
      .filter(job => !isOver(job))
      .flatMap(job => job.departments.filter(each => each.flex_element_id).map(each => [job.id, each.department]))
    const total = work.length
    let [done, differing] = [0, 0]
    state.checking = check.disabled = true
    const lane = async () => {
      for (let next = work.shift(); next && root.isConnected; next = work.shift()) {
        const crew = await api.crew(...next).catch(() => null)
        if (crew && (remember(...next, crew) || crew.error)) differing++
        check.textContent = t('jobs.checking', { done: ++done, total })
        draw()
      }
    }
    await Promise.all([lane(), lane()])
    state.checking = check.disabled = false
    check.textContent = t('jobs.check')
    announce(t('jobs.checked', { n: differing, total }))
  }
}

export const jobDates = job => span(job.start_time, job.end_time)
