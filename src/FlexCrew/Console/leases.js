import { api } from './api.js'
import { announce, confirmed, h, replace, sleep } from './dom.js'
import { problem, runbookLink } from './explain.js'
import { seconds, t } from './i18n.js'
import { departmentName } from './states.js'

/** The leases and the fences that are held. An administrator may release one. */
export function leases(root, { session, signal }) {
  const list = h('div', { 'aria-busy': 'true' })
  const fenced = h('div')
  const said = h('p', { role: 'status' })
  replace(
    root,
    h('h1', {}, t('leases.title')),
    h('p', { class: 'lead' }, t('leases.text'), ' ', runbookLink('a-lease-is-stuck')),
    said,
    list,
    h('h2', { class: 'section' }, t('fences.title')),
    h('p', { class: 'lead' }, t('fences.text'), ' ', runbookLink('the-element-is-stuck')),
    fenced,
    !session.may_release_leases && h('p', { class: 'faint' }, t('leases.admin')),
  )
  watch()

  async function watch() {
    for (; !signal.aborted; await sleep(3000, signal)) {
      await read()
      list.setAttribute('aria-busy', 'false')
    }
  }

  async function read() {
    try {
      const { leases: held, fences } = await api.leases(signal)
      const focused = root.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null
      replace(list, held.length ? table('leases.title', 'runs.what', held.map(leaseRow)) : h('p', { class: 'empty faint' }, t('leases.none')))
      replace(fenced, fences.length ? table('fences.title', 'fences.what', fences.map(fenceRow)) : h('p', { class: 'empty faint' }, t('fences.none')))
      if (focused) [...root.querySelectorAll('button')].find(button => button.getAttribute('aria-label') === focused)?.focus()
    } catch (error) {
      if (!signal.aborted) replace(list, problem(error, read))
    }
  }

  const table = (title, what, rows) =>
    h(
      'div',
      { class: 'panel' },
      h(
        'table',
        { class: 'plain leases', 'aria-label': t(title) },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            [what, 'department', 'leases.holder', 'leases.since'].map(key => h('th', { scope: 'col' }, t(key))),
            session.may_release_leases && h('th', {}, h('span', { class: 'unseen' }, t('leases.release'))),
          ),
        ),
        h('tbody', {}, rows),
      ),
    )

  const leaseRow = lease =>
    row(lease, jobLink(lease), departmentName(lease.department), () => api.release(lease.job_id, lease.department), {
      ask: t('leases.ask'),
      aria: t('leases.releaseAria', { job: lease.job_title ?? lease.job_id, department: departmentName(lease.department) }),
    })

  const fenceRow = fence =>
    row(
      fence,
      h(
        'span',
        {},
        fence.crew_calls.length ? fence.crew_calls.map((each, at) => [at > 0 && ', ', jobLink(each)]) : t('runs.jobGone'),
        h('span', { class: 'faint code', title: fence.flex_element_id }, ' ', fence.flex_element_id.slice(0, 8)),
      ),
      [...new Set(fence.crew_calls.map(each => departmentName(each.department)))].join(', '),
      () => api.release(fence.flex_element_id, 'element'),
      { ask: t('fences.ask'), aria: t('fences.releaseAria', { element: fence.flex_element_id }) },
    )

  const jobLink = each =>
    each.job_title ? h('a', { href: `#/jobs/${each.job_id}/${each.department}` }, each.job_title) : each.job_id.slice(0, 8)

  const row = (held, what, department, free, words) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, what),
      h('td', {}, department),
      h('td', { class: 'code', title: held.holder }, held.holder.slice(0, 12), '…'),
      h(
        'td',
        {},
        seconds(held.held_for_ms),
        held.quiet && h('span', { class: 'faint' }, ` · ${t('fences.quiet')}`),
        held.next_holder && h('span', { class: 'faint' }, ` · ${t('fences.next')}`),
      ),
      session.may_release_leases &&
        h(
          'td',
          {},
          h('button', { class: 'button small danger', 'aria-label': words.aria, onclick: () => release(words.ask, free) }, t('leases.release')),
        ),
    )

  async function release(ask, free) {
    if (!(await confirmed(ask, t('leases.askText'), t('leases.release'), t('cancel')))) return
    try {
      await free()
      said.textContent = t('leases.released')
      announce(t('leases.released'))
    } catch (error) {
      replace(said, problem(error))
    }
    read()
  }
}
