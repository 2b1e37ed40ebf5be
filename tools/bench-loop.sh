#!/usr/bin/env bash
# The 1 kHz loop beside cyclictest, interleaved on the same machine: lateness of both and the medians of their runs.
#
#   tools/bench-loop.sh [BIN] [SECONDS] [ROUNDS]
#
# BIN is the osseo program; without one the loop of package haptics runs in its test binary, with a leg of its own.
# Both sleep until absolute deadlines 1 ms apart, SCHED_FIFO 80, memory locked, processor kept awake, one thread; lateness is
# from the deadline to the first instruction after the sleep. Needs rt-tests (Debian) and the right to SCHED_FIFO.
# Exit 1 when the median p99.9 of the loop is above 1.2 times that of cyclictest, or its rate is not 1000.0 Hz.
set -euo pipefail
bin=${1:-} seconds=${2:-20} rounds=${3:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v cyclictest >/dev/null || { echo "bench-loop: cyclictest is missing: apt-get install rt-tests" >&2; exit 2; }
if [[ -z $bin ]]; then
  go test -c -o "$work/haptics" ./haptics
fi

# one run of the loop: rate p50 p99 p99.9 max overruns, us
loop() {
  if [[ -n $bin ]]; then
    "$bin" bench loop --seconds "$seconds" --json
  else
    OSSEO_BENCH_SECONDS=$seconds "$work/haptics" -test.run '^TestLateness$' -test.v | grep '^{'
  fi | sed 's/[{},]/\n/g' | awk -F: '
    { gsub(/[" ]/, "", $1) } { v[$1] = $2 }
    END { print v["rate_hz"], v["late_p50_us"], v["late_p99_us"], v["late_p999_us"], v["late_max_us"], v["overruns"], v["sched"] }'
}

# one run of cyclictest in the same columns
cyclic() {
  cyclictest -m -p80 -i1000 -t1 -q -D"$seconds" -h20000 | awk '
    /^[0-9]+ [0-9]+/ { n[$1 + 0] = $2; total += $2 }
    /Max Latencies/ { max = $4 + 0 }
    END {
      for (us = 0; us < 20000; us++) { sum += n[us]
        if (!p50 && sum > 0.5 * total) p50 = us; if (!p99 && sum > 0.99 * total) p99 = us; if (!p999 && sum > 0.999 * total) p999 = us }
      print 1000, p50, p99, p999, max, 0, "fifo" }'
}

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

printf '%-12s %9s %9s %9s %9s %9s %8s %s\n' run rate_hz p50_us p99_us p99.9_us max_us overruns sched
for ((i = 1; i <= rounds; i++)); do
  for what in cyclic loop; do
    line=$($what)
    echo "$line" >>"$work/$what"
    # shellcheck disable=SC2086
    printf '%-12s %9.3f %9.1f %9.1f %9.1f %9.1f %8d %s\n' "$what $i" $line
  done
done
uptime
for what in cyclic loop; do
  printf 'median %-12s' "$what"
  for column in 1 2 3 4 5; do printf ' %9.3f' "$(awk -v c=$column '{ print $c }' "$work/$what" | median)"; done
  echo
done
awk -v a="$(awk '{ print $4 }' "$work/loop" | median)" -v b="$(awk '{ print $4 }' "$work/cyclic" | median)" \
  -v r="$(awk '{ print $1 }' "$work/loop" | median)" 'BEGIN {
    printf "p99.9 of the loop is %.2f times that of cyclictest (bound 1.2), rate %.2f Hz\n", a / b, r
    exit !(a <= 1.2 * b && r > 999.95 && r < 1000.05) }'
