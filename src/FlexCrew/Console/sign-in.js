import { api, keepToken, token } from './api.js'
import { announce, focusHeading, h, replace } from './dom.js'
import { t } from './i18n.js'

/** Asks for a token. Nothing else is shown before one was taken. */
export function signIn(root, { message, onSignedIn }) {
  const field = h('input', { id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'token-help' })
  const trouble = h('p', { class: 'trouble', role: 'alert' }, message)
  const people = h('div', { class: 'people' })
  const form = h(
    'form',
    {
      onsubmit: event => {
        event.preventDefault()
        enter(field.value.trim().replace(/^Bearer\s+/i, ''))
      },
    },
    h('label', { for: 'token' }, t('sign.token')),
    field,
    h('p', { id: 'token-help', class: 'faint' }, t('sign.help')),
    h('button', { class: 'button', type: 'submit' }, t('sign.in')),
  )
  const isDevelopment = document.documentElement.dataset.signIn === 'development'

  replace(
    root,
    h(
      'main',
      { class: 'sign-in', id: 'main' },
      h(
        'div',
        { class: 'card' },
        h('span', { class: 'mark big', 'aria-hidden': 'true' }),
        h('h1', {}, t('sign.title')),
        h('p', { class: 'lead' }, t('sign.text')),
        trouble,
        isDevelopment && people,
        form,
      ),
    ),
  )
  focusHeading(root)
  if (isDevelopment) offer()

  async function offer() {
    const offered = await api.developmentSignIns().catch(() => [])
    replace(
      people,
      offered.map((person, index) =>
        h(
          'button',
          { class: index ? 'button' : 'button primary', type: 'button', onclick: () => enter(person.token) },
          h('span', {}, t('sign.as', { name: person.name })),
          h('span', { class: 'faint' }, `${t(`role.${person.role}`)} (${t('sign.development')})`),
        ),
      ),
      h('p', { class: 'or' }, t('sign.or')),
    )
  }

  async function enter(value) {
    if (!value) {
      trouble.textContent = t('sign.empty')
      field.focus()
      return
    }
    trouble.textContent = ''
    keepToken(value)
    try {
      onSignedIn(await api.session())
    } catch (error) {
      if (token()) trouble.textContent = t(error.status === 0 ? 'error.network' : error.status === 403 ? 'error.403' : 'error.500')
      announce(trouble.textContent)
    }
  }
}
