import { documentUrl } from './api.js'
import { h } from './dom.js'
import { currentLanguage, t } from './i18n.js'

// The host's sentences are English. Each pattern names the section of the runbook that helps, and the Spanish words.
const sentences = [
  [/X_AUTH_TOKEN not configured/, 'flex-refuses-the-token', 'Falta el token de Flex (X_AUTH_TOKEN).'],
  [/Flex token was refused(.*)/, 'flex-refuses-the-token', 'Flex ha rechazado el token$1'],
  [
    /Flex was not asked: it has been failing.*?(\d+ s)?$/,
    'flex-is-down',
    'No se ha preguntado a Flex: lleva un rato fallando; se le deja en paz $1',
  ],
  [/Another sync of this crew call is still running/, 'a-lease-is-stuck', 'Otra sincronización de esta convocatoria sigue en marcha'],
  [
    /Another sync that writes to the same crew call in Flex is still running/,
    'the-element-is-stuck',
    'Otra sincronización que escribe en la misma convocatoria de Flex sigue en marcha',
  ],
  [
    /Another sync has taken this crew call over/,
    'the-element-is-stuck',
    'Otra sincronización se ha hecho cargo de esta convocatoria',
  ],
  [/Database query '(.*)' failed \((.*)\)/, 'the-pooler-has-no-connection-left', 'Falló la consulta «$1» ($2)'],
  [/The database could not be read/, 'the-pooler-has-no-connection-left', 'No se ha podido leer la base de datos'],
  [/no Flex resource id/, 'someone-is-missing', null],
  [/Flex rejected business-role update|business-role|Flex business-role/, 'a-wrong-business-role', null],
  [/Flex answered HTTP 404(.*)/, 'someone-is-missing', 'Flex respondió HTTP 404$1'],
  [/Flex answered HTTP (\d+)(.*)/, 'flex-is-down', 'Flex respondió HTTP $1$2'],
  [/Flex did not answer/, 'flex-is-down', 'Flex no respondió'],
]

const prefixes = [
  [/^Flex listing failed: /, 'No se pudo leer Flex: '],
  [/^Add failed for tech (.+?): /, 'No se pudo añadir a $1: '],
  [/^Removal failed for line item (.+?): /, 'No se pudo quitar la línea $1: '],
  [
    /^tech (.+?): the profile has no Flex resource id, so it cannot be on the crew call$/,
    '$1: su perfil no tiene id de recurso de Flex, así que no puede estar en la convocatoria',
  ],
]

const ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi

/** A sentence of the host, with names in the place of ids and, where it is known, in the language of the page. */
export function inWords(sentence, names = {}) {
  let text = sentence.replace(ID, id => names[id.toLowerCase()] ?? `${id.slice(0, 8)}…`).replace(/\btechs? (?=\p{Lu})/gu, '')
  if (currentLanguage() !== 'es') return text
  for (const [pattern, words] of prefixes)
    text = text.replace(new RegExp(pattern.source.replace('tech ', '(?:tech )?'), pattern.flags), words)
  for (const [pattern, , words] of sentences) if (words && pattern.test(text)) return text.replace(pattern, words).trim()
  return text
}

export const runbookSection = sentence => sentences.find(([pattern]) => pattern.test(sentence))?.[1]

export const runbookLink = anchor =>
  anchor && h('a', { class: 'runbook', href: documentUrl(anchor), target: '_blank', rel: 'noopener' }, t('runbook'))

/** A list of sentences, each with its link. */
export const sentenceList = (list, names, className = 'sentences') =>
  h(
    'ul',
    { class: className },
    list.map(each => h('li', {}, inWords(each, names), ' ', runbookLink(runbookSection(each)))),
  )

/** An error of the API, in words. */
export function problem(error, again) {
  const text =
    error.status === 0
      ? t('error.network')
      : error.status === 401 || error.status === 403
        ? t(`error.${error.status}`)
        : runbookSection(error.message) || error.status < 500
          ? inWords(error.message)
          : `${t('error.500')} (${inWords(error.message)})`
  const anchor = error.status === 0 ? 'a-deploy-during-a-sync' : runbookSection(error.message)
  return h(
    'div',
    { class: 'notice bad', role: 'alert' },
    h('p', {}, text),
    error.reference && h('p', { class: 'faint' }, t('reference', { id: error.reference })),
    h('div', { class: 'actions' }, again && h('button', { class: 'button', onclick: again }, t('retry')), runbookLink(anchor)),
  )
}
