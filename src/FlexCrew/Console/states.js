import { h } from './dom.js'
import { t } from './i18n.js'

// What the last look at Flex found, for as long as the page is open: job:department → number of differences that matter.
const seen = new Map()
const key = (job, department) => `${job}:${department}`

export const matters = difference => difference.remedy !== 'none'

/** Remembers what a comparison found, and tells how many differences that are. */
export function remember(job, department, crew) {
  const differences = crew.people.flatMap(person => person.differences).filter(matters).length
  seen.set(key(job, department), { differences, unreadable: Boolean(crew.error) })
  return differences
}

export const forget = (job, department) => seen.delete(key(job, department))

/** How a department stands: a tone and a few words. Where Flex was looked at, that counts. */
export function standing(job, department) {
  if (department.running) return { tone: 'busy', text: t('state.running') }
  if (department.state === 'no_mapping') return { tone: 'bad', text: t('state.no_mapping') }
  const found = seen.get(key(job.id, department.department))
  if (found?.unreadable) return { tone: 'bad', text: t('state.unreadable') }
  if (department.state === 'failed' || department.state === 'partial')
    return { tone: department.state === 'failed' ? 'bad' : 'warn', text: t(`state.${department.state}`) }
  if (found)
    return found.differences
      ? { tone: 'warn', text: t('state.differences', { n: found.differences }) }
      : { tone: 'good', text: t('state.settled') }
  if (department.state === 'drift') return { tone: 'warn', text: t('state.drift', { n: department.drift.differences }) }
  if (department.state === 'no_resource') return { tone: 'warn', text: t('state.no_resource', { n: department.without_resource }) }
  // Without a look at Flex nobody can say that a crew is in order, only that it was synced.
  if (department.state !== 'to_sync') return { tone: 'quiet', text: t(department.last_run ? 'state.synced' : 'state.unchecked') }
  const parts = [
    department.to_add && t('state.add', { n: department.to_add }),
    department.to_remove && t('state.remove', { n: department.to_remove }),
  ]
  return { tone: 'warn', text: parts.filter(Boolean).join(', ') }
}

export const isOver = job => job.end_time && new Date(job.end_time) < Date.now()

/** Whether somebody should look at the job: a past one is left alone. */
export const needsAttention = job => !isOver(job) && job.departments.some(each => ['bad', 'warn'].includes(standing(job, each).tone))

export const badge = ({ tone, text }) => h('span', { class: `badge ${tone}` }, h('span', { class: 'dot', 'aria-hidden': 'true' }), text)

export const statusTone = { succeeded: 'good', skipped: 'quiet', coalesced: 'quiet', partial: 'warn', failed: 'bad', drift: 'drift' }
export const statusBadge = status => badge({ tone: statusTone[status] ?? 'quiet', text: t(`status.${status}`) })
export const departmentName = name => t(`department.${name}`)
