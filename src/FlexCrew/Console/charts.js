import { h, replace, svg } from './dom.js'
import { day, moment, number, seconds, t, weekday } from './i18n.js'

const MARGIN = { top: 14, right: 12, bottom: 22, left: 40 }
const HEIGHT = 180
const HOUR = 3600000
const OUTCOMES = ['succeeded', 'coalesced', 'partial', 'failed', 'drift']
const LIMIT = 5000

/** How long each run took, over time, with a line at five seconds. */
export function durationChart({ durations, since, until }) {
  const sorted = durations.map(run => run.duration_ms).sort((one, other) => one - other)
  const most = Math.max(LIMIT * 1.25, sorted[Math.floor(sorted.length * 0.99)] ?? 0)
  const over = sorted.filter(duration => duration > LIMIT).length
  return figure(
    'chart.duration',
    t('chart.durationText', { over, n: sorted.length, median: seconds(sorted[Math.floor(sorted.length / 2)] ?? 0) }),
    sorted.length,
    plot => {
      const { x, y } = axes(plot, [since, until], most, seconds)
      limit(plot, y(LIMIT), t('chart.limit'))
      for (const run of durations)
        plot.root.append(
          svg(
            'circle',
            { cx: x(run.started_at), cy: y(Math.min(run.duration_ms, most)), r: 2.6, class: `point ${run.status}` },
            svg('title', {}, `${moment(run.started_at)}: ${seconds(run.duration_ms)}, ${t(`status.${run.status}`)}`),
          ),
        )
    },
  )
}

/** Runs of each day, stacked by outcome. */
export function outcomeChart({ hours, since, until }, days) {
  const byDay = new Map(daysBetween(since, until).map(date => [date, Object.fromEntries(OUTCOMES.map(outcome => [outcome, 0]))]))
  for (const hour of hours) {
    const bucket = byDay.get(new Date(hour.hour).toDateString())
    if (bucket) for (const outcome of OUTCOMES) bucket[outcome] += hour[outcome]
  }
  const of = (bucket, outcomes = OUTCOMES) => outcomes.reduce((total, outcome) => total + bucket[outcome], 0)
  const all = [...byDay.values()].reduce((total, bucket) => total + of(bucket, OUTCOMES.slice(0, 4)), 0)
  const good = [...byDay.values()].reduce((total, bucket) => total + of(bucket, OUTCOMES.slice(0, 2)), 0)
  const table = [
    [t('chart.day'), ...OUTCOMES.map(outcome => t(`status.${outcome}`))],
    ...[...byDay].map(([date, bucket]) => [weekday(date), ...OUTCOMES.map(outcome => bucket[outcome])]),
  ]
  return figure(
    'chart.outcomes',
    t('chart.outcomesText', { good, n: all, days }),
    all,
    plot => {
      const most = Math.max(4, ...[...byDay.values()].map(bucket => of(bucket)))
      const { x, y } = axes(plot, [since, until], most, number)
      const width = Math.max(4, (plot.width / byDay.size) * 0.62)
      for (const [date, bucket] of byDay) {
        let base = 0
        const noon = Math.min(
          Math.max(x(new Date(date).getTime() + 12 * HOUR), MARGIN.left + width / 2),
          MARGIN.left + plot.width - width / 2,
        )
        for (const outcome of OUTCOMES.filter(each => bucket[each])) {
          plot.root.append(
            svg(
              'rect',
              {
                x: noon - width / 2,
                width,
                y: y(base + bucket[outcome]),
                height: Math.max(1, y(base) - y(base + bucket[outcome]) - 1),
                rx: 1.5,
                class: `block ${outcome}`,
              },
              svg('title', {}, `${weekday(date)}: ${bucket[outcome]} ${t(`status.${outcome}`)}`),
            ),
          )
          base += bucket[outcome]
        }
      }
    },
    table,
  )
}

/** Requests to Flex of each hour, against what Flex grants. */
export function requestChart({ hours, since, until, budget_per_hour: budget }) {
  const most = Math.max(0, ...hours.map(hour => hour.flex_requests))
  return figure('chart.requests', t('chart.requestsText', { most: number(most), budget: number(budget) }), hours.length, plot => {
    const { x, y } = axes(plot, [since, until], Math.max(budget * 1.1, most), number)
    limit(plot, y(budget), t('chart.budget', { budget: number(budget) }))
    const width = Math.max(1.2, plot.width / ((new Date(until) - new Date(since)) / HOUR) - 0.4)
    for (const hour of hours)
      plot.root.append(
        svg(
          'rect',
          {
            x: x(hour.hour),
            width,
            y: y(hour.flex_requests),
            height: Math.max(0.5, y(0) - y(hour.flex_requests)),
            class: `block ${hour.flex_requests > budget * 0.7 ? 'partial' : 'requests'}`,
          },
          svg('title', {}, `${moment(hour.hour)}: ${number(hour.flex_requests)}`),
        ),
      )
  })
}

/** A chart that is drawn anew for every width, with its statement in words. */
function figure(title, text, count, draw, table) {
  const place = h('div', { class: 'chart' })
  const render = width => {
    const root = svg('svg', {
      viewBox: `0 0 ${width} ${HEIGHT}`,
      width,
      height: HEIGHT,
      role: 'img',
      'aria-label': `${t(title)}. ${text}`,
    })
    draw({ root, width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom })
    replace(place, root)
  }
  if (count) new ResizeObserver(([entry]) => entry.contentRect.width > 60 && render(Math.floor(entry.contentRect.width))).observe(place)
  else replace(place, h('p', { class: 'faint empty' }, t('chart.empty')))
  return h(
    'figure',
    { class: 'panel' },
    h('figcaption', {}, h('h2', {}, t(title)), h('p', { class: 'faint' }, text)),
    place,
    table &&
      count > 0 &&
      h(
        'details',
        {},
        h('summary', {}, t('chart.table')),
        h(
          'table',
          { class: 'plain' },
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              table[0].map(cell => h('th', { scope: 'col' }, cell)),
            ),
          ),
          h(
            'tbody',
            {},
            table.slice(1).map(([first, ...rest]) =>
              h(
                'tr',
                {},
                h('th', { scope: 'row' }, first),
                rest.map(cell => h('td', {}, cell)),
              ),
            ),
          ),
        ),
      ),
  )
}

function axes({ root, width, height }, [since, until], most, write) {
  const [from, to] = [new Date(since).getTime(), new Date(until).getTime()]
  const x = at => MARGIN.left + ((new Date(at).getTime() - from) / (to - from)) * width
  const y = value => MARGIN.top + height - (value / most) * height
  for (const tick of ticks(most)) {
    root.append(
      svg('line', { x1: MARGIN.left, x2: MARGIN.left + width, y1: y(tick), y2: y(tick), class: 'grid' }),
      svg('text', { x: MARGIN.left - 6, y: y(tick) + 3.5, class: 'tick', 'text-anchor': 'end' }, tick === 0 ? '0' : write(tick)),
    )
  }
  const every = width < 380 ? 4 : 2
  daysBetween(since, until).forEach((date, index, all) => {
    const at = x(new Date(date).getTime() + 12 * HOUR)
    if ((all.length - 1 - index) % every === 0 && at > MARGIN.left + 14 && at < MARGIN.left + width - 8)
      root.append(svg('text', { x: at, y: HEIGHT - 6, class: 'tick', 'text-anchor': 'middle' }, day(date)))
  })
  return { x, y }
}

function limit({ root, width }, at, text) {
  root.append(
    svg('line', { x1: MARGIN.left, x2: MARGIN.left + width, y1: at, y2: at, class: 'limit' }),
    svg('text', { x: MARGIN.left + width, y: at - 4, class: 'tick limit-text', 'text-anchor': 'end' }, text),
  )
}

function ticks(most) {
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10].map(factor => factor * power).find(each => each >= rough),
  )
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step)
}

function daysBetween(since, until) {
  const days = []
  for (const date = new Date(new Date(since).toDateString()); date <= new Date(until); date.setDate(date.getDate() + 1))
    days.push(date.toDateString())
  return days
}
