# shellcheck shell=bash
# What a script starts in the background and stops again. Source this file; LOGS is where the logs go.

pids=()

# Starts a command in the background, its output in LOGS/NAME.log: NAME COMMAND...
start() {
  local name=$1
  shift
  "$@" >>"$LOGS/$name.log" 2>&1 </dev/null &
  pids+=($!)
}

# Stops all of them, one after another, the newest first: a host that drains still needs its storage and its database.
stop_processes() {
  local index
  for ((index = ${#pids[@]} - 1; index >= 0; index--)); do
    kill "${pids[index]}" 2>/dev/null || true
    wait "${pids[index]}" 2>/dev/null || true
  done
}
