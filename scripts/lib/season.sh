# shellcheck shell=bash
# The season that the console is tried on. Source this file after postgres.sh.

# Tells the simulated Flex at ORIGIN what the database at URL says that it holds: fill_simulator URL ORIGIN.
fill_simulator() {
  _pg_psql -d "$1" -A -t -c "
    select format('url = \"%s/_control%s\"', '$2', path) || E'\n' || format('data = \"%s\"', replace(replace(body::text, '\\', '\\\\'), '\"', '\\\"'))
           || E'\nnext' from demo.simulator order by step, technician, k" | sed '$d' | curl -fsS -o /dev/null --config - >/dev/null
}
