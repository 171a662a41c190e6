# shellcheck shell=bash
# Chromium and the packages of tests/browser. Source this file after common.sh.

# Installs Chromium from Debian's packages when it is missing; fails where that cannot be done.
browser_ensure_installed() {
  command -v chromium >/dev/null && return 0
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    root=(sudo)
  fi
  command -v apt-get >/dev/null || return 1
  say 'Installing Chromium (apt-get install chromium)'
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends)
  "${apt[@]}" install chromium >/dev/null 2>&1 || { "${apt[@]}" update >/dev/null 2>&1 && "${apt[@]}" install chromium >/dev/null 2>&1; }
}

# Installs what tests/browser/package-lock.json names.
browser_packages() {
  [ tests/browser/node_modules -nt tests/browser/package-lock.json ] && return 0
  npm ci --silent --no-audit --no-fund --prefix tests/browser >/dev/null && touch tests/browser/node_modules
}
