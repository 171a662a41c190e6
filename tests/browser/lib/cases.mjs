/** Runs each case; prints a line for each and the count of all. Tells how many failed. */
export async function runCases(cases, world) {
  let failed = 0
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run(world)
      console.log(`passed   ${name}`)
    } catch (error) {
      failed++
      console.log(`failed   ${name}: ${error.stack}`)
    } finally {
      await world.stage?.control('DELETE', '/faults')
      await world.stage?.latency(5)
    }
  }
  console.log(`${Object.keys(cases).length - failed} passed, ${failed} failed, 0 skipped`)
  return failed
}

export function equal(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
}

export function check(condition, what) {
  if (!condition) throw new Error(what)
}
