import { h } from './dom.js'
import { compareNames, has, t } from './i18n.js'
import { departmentName, matters } from './states.js'

const short = id => (id ? id.slice(0, 8) : '')
const label = key => ({ 'data-label': t(key) })

/** The crew in the three places, side by side; those with a difference first. */
export function crewTable(crew) {
  const people = [...crew.people].sort((one, other) => rank(one) - rank(other) || compareNames(one.name, other.name))
  return h(
    'table',
    { class: 'crew' },
    h('caption', { class: 'unseen' }, t('crew.caption', { department: departmentName(crew.department) })),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['person', 'should', 'table', 'flex', 'differs'].map(name => h('th', { scope: 'col' }, t(`crew.${name}`))),
      ),
    ),
    h('tbody', {}, people.map(row)),
  )
}

const rank = person => (person.differences.some(matters) ? 0 : person.differences.length ? 1 : 2)

function row(person) {
  // The older schema has rows that map nothing.
  const lines = person.table.filter(Boolean)
  return h(
    'tr',
    { class: ['differs', 'notable', 'same'][rank(person)] },
    h(
      'th',
      { scope: 'row' },
      h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(person.name)),
      h('span', {}, person.name ?? t('crew.unknown')),
    ),
    h('td', label('crew.should'), person.should ? should(person.should) : absent('crew.notAssigned')),
    h('td', label('crew.table'), lines.length ? lines.map(line => mapped(person, line)) : absent('crew.notMapped')),
    h(
      'td',
      label('crew.flex'),
      !person.flex
        ? absent('crew.unread')
        : person.flex.length
          ? person.flex.map(contact => inFlex(person, contact))
          : absent('crew.notInFlex'),
    ),
    h(
      'td',
      label('crew.differs'),
      person.differences.length
        ? h('ul', { class: 'differences' }, person.differences.map(difference))
        : person.flex
          ? h('span', { class: 'same-word' }, t('crew.same'))
          : h('span', { class: 'faint' }, t('crew.unknowable')),
    ),
  )
}

const should = ({ role, tier, flex_resource_id: resource }) =>
  h(
    'span',
    { class: 'cell' },
    h('span', { class: 'code' }, role ?? t('crew.noRole')),
    tier && h('span', { class: 'faint' }, t(`tier.${tier}`)),
    !resource && h('span', { class: 'mark-bad' }, t('kind.no_resource')),
  )

const mapped = (person, line) =>
  h(
    'span',
    { class: `cell ${about(person, line, ['contact_gone', 'other_resource', 'not_desired']) ? 'off' : 'on'}` },
    h('span', { class: 'code faint', title: `${t('crew.line')} ${line}` }, short(line)),
  )

const inFlex = (person, contact) =>
  h(
    'span',
    { class: `cell ${about(person, contact.line_item_id, ['duplicate', 'not_desired', 'other_resource']) ? 'off' : 'on'}` },
    h('span', {}, businessRole(contact.business_role)),
    h('span', { class: 'code faint', title: `${t('crew.line')} ${contact.line_item_id}` }, short(contact.line_item_id)),
  )

const about = (person, line, kinds) => person.differences.some(each => each.line_item_id === line && kinds.includes(each.kind))

const businessRole = role =>
  role === undefined || role === null ? '' : role === '' ? t('crew.noBusinessRole') : has(`tier.${role}`) ? t(`tier.${role}`) : role

const absent = key => h('span', { class: 'cell absent' }, h('span', { 'aria-hidden': 'true' }, '–'), h('span', {}, t(key)))

export const difference = ({ kind, remedy, text }) =>
  h('li', { class: `difference ${remedy ?? 'sync'}` }, has(`kind.${kind}`) ? t(`kind.${kind}`) : text)

const initials = name =>
  (name ?? '?')
    .split(/\s+/)
    .map(word => word[0])
    .slice(0, 2)
    .join('')
    .toUpperCase()
