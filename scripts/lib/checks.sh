# shellcheck shell=bash
# What scripts/test runs: each check writes its output and its count of tests into RESULTS, so that several run side by side
# and the counts still add up. Source this file after common.sh.

# Runs a command as one check of NAME: `check NAME TITLE COMMAND...`. The command writes `passed failed skipped` into
# $RESULTS/NAME.count where it counts tests itself; another one counts as one test, by its status.
check() {
  local name=$1 title=$2 status=0 started=$SECONDS
  shift 2
  say "$title ..."
  "$@" >"$RESULTS/$name.log" 2>&1 </dev/null || status=$?
  if [ ! -f "$RESULTS/$name.count" ]; then
    if [ "$status" -eq 0 ]; then echo 1 0 0; else echo 0 1 0; fi >"$RESULTS/$name.count"
  fi
  _report "$name" "$title" "$status" $((SECONDS - started))
}

# Prints a check's result in one piece: what it left out, and all that it said when it failed.
_report() {
  local name=$1 title=$2 status=$3 passed failed skipped
  read -r passed failed skipped <"$RESULTS/$name.count"
  {
    flock 9
    if [ "$status" -ne 0 ] || [ "$failed" -ne 0 ]; then
      cat "$RESULTS/$name.log"
      printf 'failed: %s\n' "$title"
    else
      grep -h -e '^left out: ' -e '^SKIP' "$RESULTS/$name.log" || true
    fi
    say "$title: $passed passed, $failed failed, $skipped skipped, in $4 s"
  } 9>"$RESULTS/lock" >&2
}

# The tests of a project that is built, counted from the .trx file; a run that left none has failed.
dotnet_tests() {
  local name=$1 status=0 counters passed failed total
  dotnet test "tests/$name/bin/Release/net10.0/$name.dll" --nologo \
    --logger 'console;verbosity=quiet' --logger "trx;LogFileName=$name.trx" --results-directory "$RESULTS" \
    -- RunConfiguration.TreatNoTestsAsError=true || status=$?
  counters=$(grep -o '<Counters [^>]*' "$RESULTS/$name.trx" 2>/dev/null) || { echo 0 1 0 >"$RESULTS/$name.count"; return 1; }
  passed=$(_attribute passed) failed=$(_attribute failed) total=$(_attribute total)
  # A run that failed without a failed test has stopped half-way.
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; total=$((total + 1)); fi
  echo "$passed $failed $((total - passed - failed))" >"$RESULTS/$name.count"
  return "$status"
}

_attribute() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }

# Adds up what the checks of these names counted; one that left no count has failed. Prints `passed failed skipped`.
sum_counts() {
  local name passed=0 failed=0 skipped=0 p f s
  for name in "$@"; do
    read -r p f s 2>/dev/null <"$RESULTS/$name.count" || { p=0 f=1 s=0; printf 'failed: %s did not end\n' "$name" >&2; }
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done
  echo "$passed $failed $skipped"
}
