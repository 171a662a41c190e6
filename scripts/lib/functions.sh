# shellcheck shell=bash
# Azurite and the Functions app, for scripts/run --functions. Source this file after common.sh and processes.sh.

AZURITE_VERSION=3.37.0

# Starts Azurite on the ports that UseDevelopmentStorage=true means, its data in .local/azurite.
start_azurite() {
  say "Azurite $AZURITE_VERSION"
  if [ ! -x "$LOCAL/tools/node_modules/.bin/azurite" ]; then
    npm install --silent --no-audit --no-fund --prefix "$LOCAL/tools" "azurite@$AZURITE_VERSION" >"$LOGS/npm.log" 2>&1 \
      || { tail -n 20 "$LOGS/npm.log" >&2; die 'npm could not install Azurite'; }
  fi
  mkdir -p "$LOCAL/azurite"
  start azurite "$LOCAL/tools/node_modules/.bin/azurite" --silent --disableTelemetry --skipApiVersionCheck \
    --location "$LOCAL/azurite" --blobHost 127.0.0.1 --queueHost 127.0.0.1 --tableHost 127.0.0.1
  for _ in $(seq 100); do
    (exec 3<>/dev/tcp/127.0.0.1/10000 && exec 3<>/dev/tcp/127.0.0.1/10001 && exec 3<>/dev/tcp/127.0.0.1/10002) 2>/dev/null && return
    kill -0 "${pids[-1]}" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$LOGS/azurite.log" >&2
  die 'Azurite did not start (are the ports 10000 to 10002 free?)'
}

# Starts `func` in the app's folder on PORT, with the settings of local.settings.sample.json; the environment has precedence.
start_functions() {
  export FUNCTIONS_WORKER_RUNTIME=dotnet-isolated AzureWebJobsStorage=UseDevelopmentStorage=true
  export LeaseSweepSchedule="${LeaseSweepSchedule:-0 */2 * * * *}"
  export RetryQueueSchedule="${RetryQueueSchedule:-*/30 * * * * *}"
  export HistoryPurgeSchedule="${HistoryPurgeSchedule:-0 17 3 * * *}"
  start functions bash -c 'cd src/FlexCrewFunctions && exec func start --port "$1"' func "$1"
}
