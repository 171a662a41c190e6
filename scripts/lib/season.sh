# shellcheck shell=bash
# The season that the console is tried on. Source this file after postgres.sh.

# Tells the simulated Flex at ORIGIN what the database at URL says that it holds: fill_simulator URL ORIGIN.
fill_simulator() {
  _pg_psql -d "$1" -A -t -c "
    select format('url = \"%s/_control%s\"', '$2', path) || E'\n' || format('data = \"%s\"', replace(replace(body::text, '\\', '\\\\'), '\"', '\\\"'))
           || E'\nnext' from demo.simulator order by step, technician, k" | sed '$d' | curl -fsS -o /dev/null --config - >/dev/null
}

# Works beside whoever looks at the console, for some minutes: syncs one job as somebody else, changes its crew, and syncs it
# again, so that a sync can be seen under way. work_beside URL BASE TOKEN.
work_beside() {
  local round job=10000000-0000-4000-8000-000000000110
  for round in $(seq 12); do
    [ "$round" -eq 1 ] || _pg_psql -d "$1" -c 'select demo.change_crew()' >/dev/null
    curl -fsS -o /dev/null -X POST "$2/sync-flex-crew-for-job" -H "Authorization: Bearer $3" \
      -d "{\"job_id\":\"$job\",\"departments\":[\"sound\"]}" || return 0
    sleep 15
  done
}
