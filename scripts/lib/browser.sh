# shellcheck shell=bash
# Chromium and the packages of tests/browser. Source this file after common.sh.

# shellcheck source=scripts/lib/packages.sh
. scripts/lib/packages.sh

# Prints the browser that the tests drive: Chromium's headless shell, which takes a third less processor time than Chromium, or
# else Chromium or Chrome.
browser_program() { command -v chromium-headless-shell || command -v chromium || command -v google-chrome; }

# Installs the headless shell from the distribution's packages. A distribution without that package keeps the browser it has, or
# gets Chromium. Fails if there is no browser after that.
browser_ensure_installed() {
  if browser_program >/dev/null && ! apt-cache show chromium-headless-shell >/dev/null 2>&1; then return 0; fi
  apt_ensure chromium-headless-shell chromium-headless-shell || browser_program >/dev/null || apt_ensure chromium chromium
}

# Installs what tests/browser/package-lock.json names.
browser_packages() {
  [ tests/browser/node_modules -nt tests/browser/package-lock.json ] && return 0
  npm ci --silent --no-audit --no-fund --prefix tests/browser >/dev/null && touch tests/browser/node_modules
}
