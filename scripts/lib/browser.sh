# shellcheck shell=bash
# Chromium and the packages of tests/browser. Source this file after common.sh.

# shellcheck source=scripts/lib/packages.sh
. scripts/lib/packages.sh

# Prints the browser that the tests drive: Chromium, or Chrome where that is what the machine has.
browser_program() { command -v chromium || command -v google-chrome; }

# Installs Chromium from Debian's packages when there is no browser; fails where that cannot be done.
browser_ensure_installed() { browser_program >/dev/null || apt_ensure chromium chromium; }

# Installs what tests/browser/package-lock.json names.
browser_packages() {
  [ tests/browser/node_modules -nt tests/browser/package-lock.json ] && return 0
  npm ci --silent --no-audit --no-fund --prefix tests/browser >/dev/null && touch tests/browser/node_modules
}
