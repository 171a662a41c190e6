# shellcheck shell=bash
# Ports of the loopback interface. Source this file; it defines functions only.

# Whether somebody listens on the port: `port_is_taken PORT`.
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints a free port, below those that the system hands out itself. What runs side by side sets FREE_PORTS_FROM, each its
# own: two that look at the same moment would find the same port free.
free_port() {
  local port
  for _ in $(seq 50); do
    port=$((${FREE_PORTS_FROM:-20000} + RANDOM % 2000))
    port_is_taken "$port" || { echo "$port"; return 0; }
  done
  return 1
}

# Prints so many free ports, each another one: `free_ports COUNT`.
free_ports() {
  local port found=' '
  while [ "$(wc -w <<<"$found")" -lt "$1" ]; do
    port=$(free_port) || return 1
    case $found in *" $port "*) ;; *) found+="$port " ;; esac
  done
  # shellcheck disable=SC2086 # words are meant
  echo $found
}
