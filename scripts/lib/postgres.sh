# shellcheck shell=bash
# A private PostgreSQL cluster for development and tests. Source this file; it defines functions only.
#
#   pg_ensure_installed               installs PostgreSQL's server from Debian's packages when it is missing
#   pg_start DIR PORT|0 [OPTION...]   starts the cluster in DIR (made when missing); 0 picks a free port, and a cluster
#                                     that runs already is left as it is. OPTION: --no-fsync (data may be lost with the
#                                     machine: for tests), name=value (a server setting)
#   pg_stop DIR [immediate]           stops it, without a checkpoint if immediate; nothing to stop is no error
#   pg_remove DIR                     stops it and deletes it
#   pg_port DIR                       prints the port of the running cluster
#   pg_url DIR DATABASE               prints the URL of a database of it
#   pg_create_database DIR DATABASE   creates a database that is missing
#   pg_apply URL FILE...              runs SQL files, each in one transaction, stopping at the first error
#   pg_apply_migrations URL           the same for supabase/migrations
#   pg_apply_rollbacks URL            the same for supabase/rollbacks, newest first
#
# The server listens on 127.0.0.1 and on a socket in a directory of its owner's, and trusts whoever reaches it.
# PostgreSQL refuses to run as root: root hands it to the user postgres, or nobody.

_pg_root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

# shellcheck source=scripts/lib/ports.sh
. "$_pg_root/scripts/lib/ports.sh"

_pg_say() { printf 'postgres: %s\n' "$*" >&2; }

# The newest server's programs, or those of POSTGRES_VERSION; with a version, that version's where it is installed.
_pg_bin() {
  local candidate
  if [ -n "${1:-}" ] && [ -x "/usr/lib/postgresql/$1/bin/initdb" ]; then
    printf '/usr/lib/postgresql/%s/bin\n' "$1"
    return 0 # not the status of the command before, which in a trap is the signal's
  fi
  candidate=$(printf '%s\n' /usr/lib/postgresql/${POSTGRES_VERSION:-*}/bin/initdb | sort -V | tail -n 1)
  [ -x "$candidate" ] || { [ -z "${POSTGRES_VERSION:-}" ] && candidate=$(command -v initdb); } || return 1
  dirname -- "$candidate"
}

_pg_user() {
  if [ "$(id -u)" -ne 0 ]; then id -un
  elif getent passwd postgres >/dev/null; then echo postgres
  else echo nobody
  fi
}

# Runs a command as the server's user, in a directory that this user can enter.
_pg_as() {
  local user
  user=$(_pg_user)
  if [ "$(id -u)" -ne 0 ]; then (cd / && exec "$@")
  elif command -v runuser >/dev/null; then (cd / && exec runuser -u "$user" -- "$@")
  else (cd / && exec setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@")
  fi
}

pg_ensure_installed() {
  _pg_bin >/dev/null && return 0
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      _pg_say 'PostgreSQL is not installed. Install it with: sudo apt-get install postgresql'
      return 1
    fi
    root=(sudo)
  fi
  if ! command -v apt-get >/dev/null; then
    _pg_say 'PostgreSQL is not installed, and there is no apt-get here: install its server and put initdb on the PATH'
    return 1
  fi
  _pg_say 'installing PostgreSQL (apt-get install postgresql) ...'
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends)
  # Debian would create and start a cluster of its own: told not to, for the time of the installation.
  local conf=/etc/postgresql-common/createcluster.conf failed=0
  { "${apt[@]}" update && "${apt[@]}" install postgresql-common; } >/dev/null || return 1
  [ -e "$conf.flexcrew" ] || "${root[@]}" cp -p "$conf" "$conf.flexcrew" || return 1
  printf 'create_main_cluster = false\n' | "${root[@]}" tee "$conf" >/dev/null
  "${apt[@]}" install postgresql >/dev/null || failed=1
  "${root[@]}" mv "$conf.flexcrew" "$conf"
  if [ "$failed" -ne 0 ] || ! _pg_bin >/dev/null; then
    _pg_say 'apt-get could not install PostgreSQL'
    return 1
  fi
}

# Makes DIR, owned by the server's user and closed to others. Where that user cannot get there, DIR becomes a link to
# a directory under TMPDIR.
_pg_make_dir() {
  local dir=$1 user fallback
  user=$(_pg_user)
  if [ -L "$dir" ] && [ ! -d "$dir" ]; then rm -f -- "$dir"; fi
  mkdir -p -- "$dir" || return 1
  [ "$(id -u)" -ne 0 ] || chown "$user" "$dir/." || return 1
  chmod 0700 "$dir/." || return 1
  _pg_as test -w "$(_pg_dir "$dir")" && return 0
  if ! rmdir -- "$dir" 2>/dev/null; then
    _pg_say "user $user cannot reach $dir, which is not empty: move it away"
    return 1
  fi
  fallback=$(mktemp -d "${TMPDIR:-/tmp}/flexcrew-pg.XXXXXX") || return 1
  chown "$user" "$fallback" && ln -s -- "$fallback" "$dir" || return 1
  if ! _pg_as test -w "$fallback"; then
    _pg_say "user $user can reach neither $dir nor $fallback: set TMPDIR to a directory that it can enter"
    return 1
  fi
  _pg_say "user $user cannot reach $dir: the data is in $fallback, and $dir is a link to it"
}

# The real path of DIR; fails when there is none.
_pg_dir() { [ -d "$1" ] && (cd -- "$1" 2>/dev/null && pwd -P); }

# Whether the server of the cluster runs: its pid file may be stale, and its number another process's by now.
_pg_running() {
  local pid
  pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$1/data" ]
}

_pg_init() {
  local dir=$1 bin=$2
  [ -f "$dir/initialized" ] && [ -f "$dir/data/PG_VERSION" ] && return 0
  rm -rf -- "$dir/data" "$dir/initialized"
  _pg_say "creating a cluster in $dir"
  if ! _pg_as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1; then
    tail -n 20 "$dir/initdb.log" >&2
    return 1
  fi
  touch "$dir/initialized"
}

pg_start() {
  local dir=$1 port=$2 options='' argument bin tries chosen sockets
  shift 2
  for argument in "$@"; do
    case $argument in
      --no-fsync) options+=' -c fsync=off -c synchronous_commit=off -c full_page_writes=off' ;;
      *=*) options+=" -c $argument" ;;
      *) _pg_say "unknown option $argument"; return 2 ;;
    esac
  done
  _pg_make_dir "$dir" && dir=$(_pg_dir "$dir") || return 1
  if _pg_running "$dir"; then
    if [ "$port" = 0 ] || [ "$(pg_port "$dir")" = "$port" ]; then return 0; fi
    pg_stop "$dir" || return 1
  fi
  if ! bin=$(_pg_bin "$(cat "$dir/data/PG_VERSION" 2>/dev/null)"); then
    _pg_say 'PostgreSQL is not installed'
    return 1
  fi
  _pg_init "$dir" "$bin" || return 1
  rm -f -- "$dir/data/postmaster.pid"
  # A socket's path may have no more than 107 characters, so it cannot be in DIR.
  [ -f "$dir/socket" ] && rm -rf -- "$(cat "$dir/socket")"
  sockets=$(mktemp -d /tmp/fcpg.XXXXXX) || return 1
  [ "$(id -u)" -ne 0 ] || chown "$(_pg_user)" "$sockets" || return 1
  echo "$sockets" >"$dir/socket"
  for ((tries = 0; tries < 5; tries++)); do
    chosen=$port
    [ "$port" != 0 ] || chosen=$(free_port) || break
    if _pg_as "$bin/pg_ctl" start -s -w -t 60 -D "$dir/data" -l "$dir/postgres.log" \
      -o "-p $chosen -c listen_addresses=127.0.0.1 -c unix_socket_directories=$sockets$options" >/dev/null 2>&1; then
      return 0
    fi
    # Only a port that somebody took in between is worth another try.
    if [ "$port" != 0 ] || ! tail -n 20 "$dir/postgres.log" | grep -q 'Address already in use'; then break; fi
  done
  _pg_say "the server did not start; the end of $dir/postgres.log:"
  tail -n 15 "$dir/postgres.log" >&2
  return 1
}

pg_stop() {
  local dir bin
  dir=$(_pg_dir "$1") || return 0
  if _pg_running "$dir"; then
    bin=$(_pg_bin "$(cat "$dir/data/PG_VERSION")") || return 1
    _pg_as "$bin/pg_ctl" stop -s -w -t 20 -m "${2:-fast}" -D "$dir/data" >/dev/null 2>&1 ||
      _pg_as "$bin/pg_ctl" stop -s -w -t 20 -m immediate -D "$dir/data" || return 1
  fi
  if [ -f "$dir/socket" ]; then
    rm -rf -- "$(cat "$dir/socket")" "$dir/socket"
  fi
}

pg_remove() {
  local dir
  pg_stop "$1" immediate || return 1
  dir=$(_pg_dir "$1") || return 0
  rm -rf -- "$dir/data" "$dir/initialized" "$dir/initdb.log" "$dir/postgres.log"
  rmdir -- "$dir" || return 1
  if [ -L "$1" ]; then rm -f -- "$1"; fi
}

pg_port() { sed -n 4p "$1/data/postmaster.pid" 2>/dev/null; }

pg_url() { printf 'postgres://postgres@127.0.0.1:%s/%s\n' "$(pg_port "$1")" "$2"; }

_pg_psql() {
  local bin
  bin=$(_pg_bin) || return 1
  [ -x "$bin/psql" ] || bin=$(dirname -- "$(command -v psql)")
  PGOPTIONS='' "$bin/psql" -X -q -v ON_ERROR_STOP=1 "$@"
}

pg_create_database() {
  local url
  url=$(pg_url "$1" postgres)
  [ "$(_pg_psql -d "$url" -At -c "select 1 from pg_database where datname = '$2'")" = 1 ] ||
    _pg_psql -d "$url" -c "create database \"$2\""
}

pg_apply() {
  local url=$1 file
  shift
  for file in "$@"; do
    if ! _pg_psql -d "$url" --single-transaction -f "$file" >/dev/null; then
      _pg_say "$(basename -- "$file") failed; nothing of it was applied"
      return 1
    fi
  done
}

pg_apply_migrations() { pg_apply "$1" "$_pg_root"/supabase/migrations/*.sql; }

pg_apply_rollbacks() {
  local files=()
  mapfile -t files < <(printf '%s\n' "$_pg_root"/supabase/rollbacks/*.sql | sort -r)
  pg_apply "$1" "${files[@]}"
}
