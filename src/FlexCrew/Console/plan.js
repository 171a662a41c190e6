import { h } from './dom.js'
import { sentenceList } from './explain.js'
import { t } from './i18n.js'

/** What a sync would do, in words. */
export function planOf(summary, close) {
  const { plan, errors, note } = summary
  const names = Object.fromEntries(
    [...(plan?.adds ?? []), ...(plan?.removals ?? [])]
      .filter(each => each.technician_id && each.name)
      .map(each => [each.technician_id, each.name]),
  )
  const who = each => each.name ?? each.technician_id?.slice(0, 8) ?? t('crew.unknown')
  const groups = plan
    ? [
        ['plan.add', 'plus', plan.adds.filter(each => !each.adopts_line_item_id).map(who)],
        ['plan.adopt', 'adopt', plan.adds.filter(each => each.adopts_line_item_id).map(who)],
        ['plan.remove', 'minus', plan.removals.map(each => `${who(each)} (${t(`plan.${each.reason}`)})`)],
        ['plan.role', 'role', plan.roles.map(each => `${who(each)}: ${t(`tier.${each.tier}`)}`)],
      ].filter(([, , people]) => people.length)
    : []
  return h(
    'section',
    { class: 'panel plan', 'aria-labelledby': 'plan-title' },
    h('div', { class: 'row' }, h('h3', { id: 'plan-title' }, t('plan.title')), h('button', { class: 'adopt', onclick: close }, t('close'))),
    errors && sentenceList(errors, names, 'sentences bad'),
    note && h('p', {}, t(note === 'no crew call mapping' ? 'sync.noCrewCall' : note)),
    plan && !groups.length && h('p', {}, t('plan.nothing')),
    groups.map(([key, kind, people]) =>
      h(
        'div',
        { class: `plan-group ${kind}` },
        h('h4', {}, t(key), h('span', { class: 'pill' }, people.length)),
        h(
          'ul',
          {},
          people.map(text => h('li', {}, text)),
        ),
      ),
    ),
    plan && h('p', { class: 'faint' }, t('plan.note')),
  )
}
