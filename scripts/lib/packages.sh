# shellcheck shell=bash
# Debian's packages. Source this file after common.sh; it defines functions only.

# Installs a package of Debian's when PROGRAM is missing: `apt_ensure PROGRAM PACKAGE`. Fails where that cannot be done:
# without root or a sudo that asks nothing, or without apt-get.
apt_ensure() {
  command -v "$1" >/dev/null && return 0
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    root=(sudo)
  fi
  command -v apt-get >/dev/null || return 1
  say "Installing $2 (apt-get install $2)"
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120)
  "${apt[@]}" install "$2" >/dev/null 2>&1 || { "${apt[@]}" update >/dev/null 2>&1 && "${apt[@]}" install "$2" >/dev/null 2>&1; }
}
