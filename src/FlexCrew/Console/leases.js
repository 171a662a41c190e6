import { api } from './api.js'
import { announce, confirmed, h, replace, sleep } from './dom.js'
import { problem, runbookLink } from './explain.js'
import { seconds, t } from './i18n.js'
import { departmentName } from './states.js'

/** The leases that are held. An administrator may release one. */
export function leases(root, { session, signal }) {
  const list = h('div', { 'aria-busy': 'true' })
  const said = h('p', { role: 'status' })
  replace(
    root,
    h('h1', {}, t('leases.title')),
    h('p', { class: 'lead' }, t('leases.text'), ' ', runbookLink('a-lease-is-stuck')),
    said,
    list,
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
      const { leases: held } = await api.leases(signal)
      const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null
      replace(list, held.length ? table(held) : h('p', { class: 'empty faint' }, t('leases.none')))
      if (focused) [...list.querySelectorAll('button')].find(button => button.getAttribute('aria-label') === focused)?.focus()
    } catch (error) {
      if (!signal.aborted) replace(list, problem(error, read))
    }
  }

  const table = held =>
    h(
      'div',
      { class: 'panel' },
      h(
        'table',
        { class: 'plain leases' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ['runs.what', 'department', 'leases.holder', 'leases.since'].map(key => h('th', { scope: 'col' }, t(key))),
            session.may_release_leases && h('th', {}, h('span', { class: 'unseen' }, t('leases.release'))),
          ),
        ),
        h('tbody', {}, held.map(row)),
      ),
      !session.may_release_leases && h('p', { class: 'faint' }, t('leases.admin')),
    )

  const row = lease =>
    h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        lease.job_title ? h('a', { href: `#/jobs/${lease.job_id}/${lease.department}` }, lease.job_title) : lease.job_id.slice(0, 8),
      ),
      h('td', {}, departmentName(lease.department)),
      h('td', { class: 'code' }, lease.holder.slice(0, 12), '…'),
      h('td', {}, seconds(lease.held_for_ms)),
      session.may_release_leases &&
        h(
          'td',
          {},
          h(
            'button',
            {
              class: 'button small danger',
              'aria-label': t('leases.releaseAria', {
                job: lease.job_title ?? lease.job_id,
                department: departmentName(lease.department),
              }),
              onclick: () => release(lease),
            },
            t('leases.release'),
          ),
        ),
    )

  async function release(lease) {
    if (!(await confirmed(t('leases.ask'), t('leases.askText'), t('leases.release'), t('cancel')))) return
    try {
      await api.release(lease.job_id, lease.department)
      said.textContent = t('leases.released')
      announce(t('leases.released'))
    } catch (error) {
      replace(said, problem(error))
    }
    read()
  }
}
