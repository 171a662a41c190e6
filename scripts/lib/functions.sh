# shellcheck shell=bash
# Azurite and the Functions app, for scripts/run --functions. Source this file after common.sh and processes.sh.

AZURITE_VERSION=3.37.0
CORE_TOOLS_VERSION=4
NPM_TOOLS=$PWD/.local/tools

# Installs a package of npm into .local/tools, where it is missing: `npm_tool PROGRAM PACKAGE`. What npm said stays in
# .local/tools/PROGRAM.log.
npm_tool() {
  [ ! -x "$NPM_TOOLS/$1/node_modules/.bin/$1" ] || return 0
  mkdir -p "$NPM_TOOLS/$1"
  npm install --loglevel=error --no-audit --no-fund --prefix "$NPM_TOOLS/$1" "$2" >"$NPM_TOOLS/$1.log" 2>&1
}

# Puts the Azure Functions Core Tools on the PATH, from npm where `func` is missing. Their package is small: npm's
# installation fetches the program from Microsoft's servers. Where that cannot be done it fails with one line.
core_tools() {
  if core_tools_are_there; then
    PATH=$PATH:$NPM_TOOLS/func/node_modules/.bin
    return 0
  fi
  if ! command -v npm >/dev/null; then
    left_out 'the Azure Functions host: npm is missing, which installs the Azure Functions Core Tools (func). Install Node 20'
    return 1
  fi
  if ! npm_tool func "azure-functions-core-tools@$CORE_TOOLS_VERSION"; then
    left_out "the Azure Functions host: npm could not install the Azure Functions Core Tools (func): $(_core_tools_why)"
    return 1
  fi
  PATH=$PATH:$NPM_TOOLS/func/node_modules/.bin
}

core_tools_are_there() { command -v func >/dev/null || [ -x "$NPM_TOOLS/func/node_modules/.bin/func" ]; }

_core_tools_why() { { grep -m 1 -o 'Error: .*' "$NPM_TOOLS/func.log" || grep -m 1 . "$NPM_TOOLS/func.log" || echo 'it does not say why'; } 2>/dev/null; }

# Starts Azurite on free ports, its data in .local/azurite, or as the arguments say, and exports how to reach it as
# AzureWebJobsStorage. On its usual ports, somebody else's Azurite would be taken for this one. The key is the emulator's: it is the
# same everywhere, and published.
start_azurite() {
  local data=("$@") ports account=devstoreaccount1
  local key=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
  [ $# -gt 0 ] || data=(--location "$LOCAL/azurite")
  say "Azurite $AZURITE_VERSION"
  npm_tool azurite "azurite@$AZURITE_VERSION" || { tail -n 20 "$NPM_TOOLS/azurite.log" >&2; die 'npm could not install Azurite'; }
  mkdir -p "$LOCAL/azurite"
  read -ra ports < <(free_ports 3)
  start azurite "$NPM_TOOLS/azurite/node_modules/.bin/azurite" --silent --disableTelemetry --skipApiVersionCheck \
    "${data[@]}" --blobHost 127.0.0.1 --queueHost 127.0.0.1 --tableHost 127.0.0.1 \
    --blobPort "${ports[0]}" --queuePort "${ports[1]}" --tablePort "${ports[2]}"
  AzureWebJobsStorage="DefaultEndpointsProtocol=http;AccountName=$account;AccountKey=$key"
  AzureWebJobsStorage+=";BlobEndpoint=http://127.0.0.1:${ports[0]}/$account;QueueEndpoint=http://127.0.0.1:${ports[1]}/$account"
  export AzureWebJobsStorage+=";TableEndpoint=http://127.0.0.1:${ports[2]}/$account"
  for _ in $(seq 100); do
    port_is_taken "${ports[0]}" && port_is_taken "${ports[1]}" && port_is_taken "${ports[2]}" && return
    # shellcheck disable=SC2154 # the ids are kept in processes.sh
    kill -0 "${pids[-1]}" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$LOGS/azurite.log" >&2
  die 'Azurite did not start'
}

# Starts `func` on PORT in the app's folder, which builds it, or in the FOLDER that it was published to, on what start_azurite started,
# with the settings of local.settings.sample.json; the environment has precedence. The host takes a machine with a CONTAINER_NAME
# for one of Azure's, where the platform answers preflights.
start_functions() {
  export FUNCTIONS_WORKER_RUNTIME=dotnet-isolated
  export LeaseSweepSchedule="${LeaseSweepSchedule:-0 */2 * * * *}"
  export RetryQueueSchedule="${RetryQueueSchedule:-*/30 * * * * *}"
  export HistoryPurgeSchedule="${HistoryPurgeSchedule:-0 17 3 * * *}"
  export DriftCheckSchedule="${DriftCheckSchedule:-0 43 2 * * *}"
  start functions env -u CONTAINER_NAME bash -c 'cd "$2" && exec func start --port "$1"' func "$1" "${2:-src/FlexCrewFunctions}"
}
