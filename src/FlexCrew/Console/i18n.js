import { en } from './text-en.js'
import { es } from './text-es.js'

const texts = { en, es }
const KEY = 'flexcrew-language'

export const languages = Object.keys(texts)

let language = localStorage.getItem(KEY) ?? (navigator.language?.toLowerCase().startsWith('es') ? 'es' : 'en')
if (!texts[language]) language = 'en'
document.documentElement.lang = language

export const currentLanguage = () => language

export function setLanguage(name) {
  language = name
  localStorage.setItem(KEY, name)
  document.documentElement.lang = name
}

/** The text of a key, with `{name}` filled in; `key.one` where n is 1. A key without a text stands for itself. */
export function t(key, values = {}) {
  const text = (values.n === 1 ? texts[language][`${key}.one`] : undefined) ?? texts[language][key] ?? key
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

export const has = key => key in texts[language]

const locale = () => (language === 'es' ? 'es-ES' : 'en-GB')
const format = (options, value) => new Intl.DateTimeFormat(locale(), options).format(new Date(value))

/** In the order of the alphabet; whoever has no name comes last. */
export const compareNames = (one, other) => (one && other ? one.localeCompare(other, locale()) : Boolean(other) - Boolean(one))

export const number = (value, digits = 0) =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

export const seconds = milliseconds =>
  milliseconds < 950 ? `${number(milliseconds)} ms` : `${number(milliseconds / 1000, milliseconds < 9950 ? 1 : 0)} s`

export const day = value => format({ day: 'numeric', month: 'short' }, value)
export const weekday = value => format({ weekday: 'short', day: 'numeric', month: 'short' }, value)
export const time = value => format({ hour: '2-digit', minute: '2-digit' }, value)
export const moment = value => format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }, value)

/** From a day to a day, the first one only when it is the same. */
export function span(from, to) {
  if (!from) return ''
  return !to || day(from) === day(to) ? weekday(from) : `${weekday(from)} – ${weekday(to)}`
}

/** How long ago, or in how long, in the largest unit that fits. */
export function relative(value) {
  const minutes = (new Date(value) - Date.now()) / 60000
  const [amount, unit] =
    Math.abs(minutes) < 60 ? [minutes, 'minute'] : Math.abs(minutes) < 1440 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day']
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(amount), unit)
}
