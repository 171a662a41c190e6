import { randomUUID } from 'node:crypto'

/** Gives the technicians of a job names that a person can tell apart, and the job a title. */
export function named(stage, world, title, names) {
  stage.sql(
    [
      `update public.jobs set title = '${title.replaceAll("'", "''")}' where id = '${world.job}'`,
      ...world.crew.map((one, index) => {
        const [first, ...last] = names[index].split(' ')
        return `update public.profiles set first_name = '${first}', last_name = '${last.join(' ')}' where id = '${one.id}'`
      }),
    ].join(';'),
  )
  return world
}

/** A job in which each of the usual things is wrong; the names say what. */
export async function troubled(stage, title = `Troubled ${randomUUID().slice(0, 8)}`) {
  const world = named(stage, await stage.job(5), title, ['Ada Settled', 'Bo Missing', 'Cy Twice', 'Di Gone', 'Ed Lacking'])
  const [ada, , cy, di, ed] = world.crew
  const leaver = { id: randomUUID(), resource: randomUUID() }
  const contact = (resource, businessRole) =>
    stage.control('POST', `/crew-calls/${world.element}/lines`, { resourceId: resource, businessRole })
  const tecnico = '2f6cf050-c5c1-11ea-a087-2a0a4490a7fb'
  const map = (one, line) =>
    stage.sql(
      `insert into public.flex_crew_assignments (crew_call_id, technician_id, flex_line_item_id)
        values ('${world.crewCall}', '${one.id}', '${line}')`,
    )

  map(ada, (await contact(ada.resource, tecnico)).id)
  map(cy, (await contact(cy.resource, tecnico)).id)
  await contact(cy.resource, tecnico)
  map(di, randomUUID())
  stage.sql(`update public.profiles set flex_resource_id = null where id = '${ed.id}'`)
  stage.sql(`insert into public.profiles (id, email, role, first_name, last_name, flex_resource_id)
    values ('${leaver.id}', '${leaver.id}@example.com', 'technician', 'Flo', 'Left', '${leaver.resource}')`)
  await contact(leaver.resource, tecnico)
  world.title = title
  world.crew = [ada, world.crew[1], cy, di]
  return world
}

export const page = world => `#/jobs/${world.job}/sound`
