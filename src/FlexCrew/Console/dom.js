// Makes elements. Text is always set as text: nothing that the API answers is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg'

export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children)
}

export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children)
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name in { value: 1, checked: 1, disabled: 1, open: 1 }) element[name] = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  append(element, children)
  return element
}

function append(element, children) {
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== false) element.append(child)
}

export function replace(element, ...children) {
  element.replaceChildren()
  append(element, children)
  return element
}

/** Tells something to those who do not see the page. */
export function announce(text) {
  document.getElementById('live').textContent = text
}

/** Moves the focus to a heading, so that a screen reader begins there and Tab goes on from there. */
export function focusHeading(root) {
  const heading = root.querySelector('h1, h2')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

export const sleep = (milliseconds, signal) =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })

/** Asks before something that cannot be undone. */
export function confirmed(title, text, yes, no) {
  return new Promise(resolve => {
    const answer = value => {
      dialog.close()
      dialog.remove()
      resolve(value)
    }
    const dialog = h(
      'dialog',
      { 'aria-labelledby': 'ask', oncancel: () => answer(false) },
      h('h2', { id: 'ask' }, title),
      h('p', {}, text),
      h(
        'div',
        { class: 'actions' },
        h('button', { class: 'button', onclick: () => answer(false) }, no),
        h('button', { class: 'button danger', onclick: () => answer(true) }, yes),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}
