# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # the variables are those of on-host, which sources this file
# The part of on-host that only a host with durable runs can pass: an outage, processes killed, a holder terminated.

# The processes below a process.
descendants() {
  local child
  for child in $(pgrep -P "$1"); do
    echo "$child"
    descendants "$child"
  done
}

worker_of() {
  local pid
  for pid in "$1" $(descendants "$1"); do
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q 'FlexCrewFunctions.dll' && echo "$pid"
  done
}

journey outage

say 'The worker is killed in the middle of adds, of deletions, and of a wait for Flex'
run=$(journey begin)
# shellcheck disable=SC2046
kill -9 $(worker_of "$host_pid")
journey --run "$run" --within 300 finish

say 'The host is killed with its worker in the middle of the same'
run=$(journey begin)
# shellcheck disable=SC2046
kill -9 "$host_pid" $(descendants "$host_pid") 2>/dev/null || true
wait "$host_pid" 2>/dev/null || true
start_host
journey --run "$run" --within 300 finish

say 'The holders of the leases are terminated in the middle of the same'
run=$(journey begin)
for instance in $(node -p 'JSON.parse(process.argv[1]).runs.map(run => run.id).join(" ")' "$run"); do
  curl -fsS -X POST "$base/runtime/webhooks/durabletask/instances/$instance/terminate?reason=smoke&code=${DURABLE_CODE:-}" -o /dev/null \
    || { echo "FAILED   $instance could not be terminated" >&2; failed=1; }
done
journey --run "$run" --within 100 take-over
