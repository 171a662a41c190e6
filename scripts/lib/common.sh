# shellcheck shell=bash
# What the scripts share. Source this file from the root of the repository; it defines functions only.

# shellcheck source=scripts/lib/ports.sh
. scripts/lib/ports.sh

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
left_out() { printf 'left out: %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Fails with one line when the .NET SDK is missing or too old for global.json.
need_dotnet() {
  command -v dotnet >/dev/null || die 'the .NET 10 SDK is missing: https://dotnet.microsoft.com/download'
  dotnet --version >/dev/null 2>&1 || die "the .NET 10 SDK is missing; here is: $(dotnet --list-sdks | tail -n 1)"
}

# Prints the solution to build: all of it where its packages can be restored, else the part without Azure Functions.
choose_solution() {
  local log
  log=$(mktemp)
  if dotnet restore FlexCrew.sln >"$log" 2>&1; then
    rm -f "$log"
    echo FlexCrew.sln
    return
  fi
  if grep -q 'NU110[0-3].*Microsoft\.\(Azure\.\(Functions\|Monitor\)\|DurableTask\)' "$log"; then
    left_out 'the Azure Functions app and its tests: this NuGet registry lacks their packages (FlexCrew.Portable.slnf has the rest)'
    rm -f "$log"
    dotnet restore FlexCrew.Portable.slnf >&2 || return 1
    echo FlexCrew.Portable.slnf
    return
  fi
  cat "$log" >&2
  rm -f "$log"
  return 1
}

# Waits until URL answers 2xx, at most SECONDS_; fails early when the process PID has ended.
wait_for() {
  local url=$1 seconds=$2 pid=$3
  for _ in $(seq $((seconds * 5))); do
    kill -0 "$pid" 2>/dev/null || return 1
    curl -fsS -o /dev/null --max-time 2 "$url" 2>/dev/null && return 0
    sleep 0.2
  done
  return 1
}

_base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# Prints a development access token: SUB ISSUER SECRET [SECONDS].
development_token() {
  local now header payload
  now=$(date +%s)
  header=$(printf '{"alg":"HS256","typ":"JWT"}' | _base64url)
  payload=$(printf '{"iss":"%s","aud":"authenticated","role":"authenticated","sub":"%s","iat":%d,"exp":%d}' \
    "$2" "$1" "$now" $((now + ${4:-43200})) | _base64url)
  printf '%s.%s.%s' "$header" "$payload" \
    "$(printf '%s.%s' "$header" "$payload" | openssl dgst -sha256 -hmac "$3" -binary | _base64url)"
}
