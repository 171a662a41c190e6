// Calls the API with the token of whoever is signed in. The token stays in this tab.

const TOKEN = 'flexcrew-token'
const here = location.pathname.replace(/\/$/, '')
const root = here.endsWith('/console') ? here.slice(0, -'/console'.length) : `${here}/functions/v1`

export const documentUrl = anchor => `${root}/console/docs/runbook.md${anchor ? `#${anchor}` : ''}`

export const token = () => sessionStorage.getItem(TOKEN)
export const keepToken = value => sessionStorage.setItem(TOKEN, value)
export const forgetToken = () => sessionStorage.removeItem(TOKEN)

/** What went wrong with a request: the status (0 when there was no answer) and the host's sentence. */
export class ApiError extends Error {
  constructor(status, message, reference) {
    super(message)
    Object.assign(this, { status, reference })
  }
}

let onRefused = () => {}
/** Tells what to do when the token is no longer taken. */
export const whenRefused = action => {
  onRefused = action
}

async function send(method, path, { body, headers, signal, withToken = true } = {}) {
  let response
  try {
    response = await fetch(`${root}/${path}`, {
      method,
      signal,
      body: body && JSON.stringify(body),
      cache: 'no-store',
      headers: {
        ...(withToken && { authorization: `Bearer ${token()}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, 'network')
  }
  const answer = await response.json().catch(() => null)
  if (!response.ok && !(path.startsWith('health') && answer)) {
    const refusal = new ApiError(
      response.status,
      answer?.error ?? `HTTP ${response.status}`,
      answer?.correlation_id ?? response.headers.get('x-correlation-id'),
    )
    if (withToken && response.status === 401) onRefused(refusal)
    throw refusal
  }
  return { status: response.status, body: answer }
}

const query = parameters => {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length ? `?${new URLSearchParams(given)}` : ''
}
const read = async (path, signal) => (await send('GET', path, { signal })).body

export const api = {
  session: signal => read('console/session', signal),
  jobs: (parameters, signal) => read(`console/jobs${query(parameters)}`, signal),
  crew: (job, department, signal) => read(`console/jobs/${job}/crew${query({ department })}`, signal),
  runs: (parameters, signal) => read(`console/runs${query(parameters)}`, signal),
  stats: (days, signal) => read(`console/stats${query({ days })}`, signal),
  leases: signal => read('console/leases', signal),
  release: async (job, department) => (await send('POST', `sync-flex-crew-for-job/leases/${job}/${department}/release`)).body,
  plan: async (job, departments, prune, signal) =>
    (await send('POST', 'sync-flex-crew-for-job', { body: { job_id: job, departments, prune_orphans: prune, dry_run: true }, signal }))
      .body,
  sync: async (job, departments, prune) =>
    (
      await send('POST', 'sync-flex-crew-for-job', {
        body: { job_id: job, departments, prune_orphans: prune },
        headers: { prefer: 'respond-async' },
      })
    ).body,
  run: (id, signal) => send('GET', `sync-flex-crew-for-job/${id}`, { signal }),
  health: async isReady => (await send('GET', isReady ? 'health?ready' : 'health', { withToken: false })).body,
  developmentSignIns: async () => (await send('GET', 'console/development-sign-ins', { withToken: false })).body,
}
