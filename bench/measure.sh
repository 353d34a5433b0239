# Loads, and the times that they take. Read by bench/run.

# User and system time of a process and its children, in clock ticks.
ticks() {
  local sum=0 pid fields
  for pid in "$1" $(cat /proc/"$1"/task/*/children 2>/dev/null); do
    fields=$(sed 's/.*) //' "/proc/$pid/stat")
    # shellcheck disable=SC2086
    set -- $fields
    sum=$((sum + ${12} + ${13}))
  done
  echo "$sum"
}

# User and system time of a JVM's compilers, in clock ticks.
compiling() {
  sed -n 's/^[0-9]* (C[12] Comp[^)]*) //p' /proc/"$1"/task/*/stat | awk '{ sum += $12 + $13 } END { print sum + 0 }'
}

# Loads for so long, and on until the compilers take less than a fiftieth of a core three rounds long: what they do once
# is no cost of a request, and one quiet round may only be the pause before the next batch of methods that are called
# often enough. URL, PID, SECONDS, further arguments of load.
settle() {
  local url=$1 pid=$2 seconds=$3 round before quiet=0
  shift 3
  load "$url" "$pid" "$seconds" "$@" >/dev/null
  for round in {1..30}; do
    before=$(compiling "$pid")
    load "$url" "$pid" "$SECONDS_EACH" "$@" >/dev/null
    quiet=$((quiet + 1))
    [ $((($(compiling "$pid") - before) * 50)) -lt $((SECONDS_EACH * $(getconf CLK_TCK))) ] || quiet=0
    [ "$quiet" -lt 3 ] || return 0
  done
  say "the compilers are not done after $round rounds more"
}

# The memory of a process in MiB that is in use now (VmRSS) or was at most (VmHWM).
memory() {
  awk -v what="$2:" '$1 == what { printf "%d\n", $2 / 1024 }' "/proc/$1/status"
}

# Median of a column of a file of rounds.
median() {
  awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# What a load cost: CPU ticks, how many requests or events, µs it took, p99 in µs.
# Prints CPU µs each, how many a second, p99 in ms.
cost() {
  awk -v ticks="$1" -v hz="$(getconf CLK_TCK)" -v n="$2" -v us="$3" -v p99="$4" \
    'BEGIN { printf "%.2f %.0f %.2f\n", ticks / hz * 1e6 / n, n / us * 1e6, p99 / 1000 }'
}

# Requests one after another on each connection: URL, PID, SECONDS, then the body's size and whether a
# stream is asked for.
load() {
  local before after result requests errors micros p99
  before=$(ticks "$2")
  result=$(BENCH_BODY=${4:-1024} BENCH_STREAM=${5:-false} \
    wrk -t "$THREADS" -c "$CONNECTIONS" -d "$3s" --timeout 10s -s bench/load.lua "$1" | grep ^RESULT)
  after=$(ticks "$2")
  read -r _ requests errors micros p99 <<<"$result"
  [ "$errors" = 0 ] || fail "$errors of $requests requests to $1 failed"
  cost $((after - before)) "$requests" "$micros" "$p99"
}

java_of() {
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx1g -cp "$work/classes" "$@"
}

# Requests at a steady pace, all of which must be served: URL, a second, SECONDS.
# Prints how many there were, p50 and p99 of the time to the first byte in µs.
paced() {
  java_of Pace "$@" | awk '$2 != 200 { exit 1 } { print $3, $4, $5 }'
}

# Streams of fifty events, one event each 100 ms, all at once: URL, PID.
streams() {
  local before after began events errors p99
  before=$(ticks "$2")
  began=${EPOCHREALTIME/./}
  read -r _ events errors _ p99 <<<"$(java_of Streams "$1/v1/50/100" "$STREAMS" 50 1000)"
  after=$(ticks "$2")
  [ "$errors" = 0 ] || fail "$errors streams of $1 did not end as they should"
  [ "$events" = $((STREAMS * 50)) ] || fail "$events of $((STREAMS * 50)) events of $1 came"
  cost $((after - before)) "$events" $((${EPOCHREALTIME/./} - began)) "$p99"
}

# Streams of the gateway's provider of events, in the dialect of this URL's call.
translated() {
  local before after began events errors p99
  before=$(ticks "$gateway_pid")
  began=${EPOCHREALTIME/./}
  read -r _ events errors _ p99 <<<"$(java_of Streams "$1" "$STREAMS" 50 1000 bench-events/any)"
  after=$(ticks "$gateway_pid")
  [ "$errors" = 0 ] || fail "$errors streams of $1 did not end as they should"
  [ "$events" = $((STREAMS * 50)) ] || fail "$events of $((STREAMS * 50)) events of $1 came"
  cost $((after - before)) "$events" $((${EPOCHREALTIME/./} - began)) "$p99"
}

# Streams of one event, begun at a steady pace, in turns at each of some URLs: URLs with commas between them, a second
# at each, how many counted at each, how many before that are not. Prints p50 and p99 of how long after the upstream's
# write an event came, in µs, for each URL.
first_events() {
  local urls=$1 rate=$2 many=$3 before=$4 ways streams
  ways=$(tr , '\n' <<<"$urls" | wc -l)
  streams=$((ways * (many + before)))
  java_of Streams "$urls" "$streams" 1 $((streams * 1000 / (ways * rate))) bench-first/any $((ways * before)) >"$work/firsts"
  awk -v many="$many" '$2 != many || $3 != 0 { exit 1 } { printf "%d %d ", $4, $5 }' "$work/firsts" \
    || fail "not every first event of $urls came: $(cat "$work/firsts")"
  echo
}

at_nginx() {
  echo "http://127.0.0.1:$NGINX/$1"
}

anywhere() {
  echo "http://127.0.0.1:$GATEWAY/$1"
}

at_gateway() {
  echo "http://127.0.0.1:$GATEWAY/api/bench-$1"
}

# What a step all over a piece of memory takes now, in ns: see Calm.java.
calm() {
  java_of Calm | tee -a "$work/calm"
}

# The least of all looks so far.
calmest() {
  sort -n "$work/calm" | head -n 1
}

# Whether nobody else used up the cache: what two looks said.
was_calm() {
  awk -v before="$1" -v after="$2" -v best="$(calmest)" 'BEGIN { exit !(before < 1.5 * best && after < 1.5 * best) }'
}

# Rounds in turns: NAME, then how a round of nginx is run and how one of the gateway, each as a command.
# Leaves them in $work/nginx.rounds and $work/gateway.rounds. A round of both is run again where the machine was not calm
# before and after it, whatever it said, as long as there is patience.
rounds() {
  local turn first second before after patience=$PATIENCE # not the names of those who call
  : >"$work/nginx.rounds"
  : >"$work/gateway.rounds"
  after=$(calm)
  for ((turn = 1; turn <= ROUNDS; )); do
    before=$after
    first=$(eval "$2")
    second=$(eval "$3")
    after=$(calm)
    say "$1, round $turn of $ROUNDS: nginx $first; gateway $second; calm: $before and $after ns"
    if ! was_calm "$before" "$after"; then
      if [ "$patience" -gt 0 ]; then
        patience=$((patience - 1))
        again=$((again + 1))
        continue
      fi
      restless=$((restless + 1))
    fi
    echo "$first" >>"$work/nginx.rounds"
    echo "$second" >>"$work/gateway.rounds"
    turn=$((turn + 1))
  done
}

# A row of costs out of the rounds: NAME, AIM.
row() {
  awk -v name="$1" -v aim="$2" \
    -v a="$(median "$work/nginx.rounds" 1)" -v b="$(median "$work/gateway.rounds" 1)" \
    -v ar="$(median "$work/nginx.rounds" 2)" -v br="$(median "$work/gateway.rounds" 2)" \
    -v ap="$(median "$work/nginx.rounds" 3)" -v bp="$(median "$work/gateway.rounds" 3)" \
    'BEGIN { printf "| %s | %.1f | %.1f | **%.2f** | %s | %.0f / %.0f | %.1f / %.1f |\n", name, a, b, b / a, aim, ar, br, ap, bp }' >>"$work/costs"
}

# A row of figures: WHAT, MEASURED, AIM.
figure() {
  echo "| $1 | $2 | $3 |" >>"$work/figures"
  say "$1: $2 (aim: $3)"
}

# How calm the machine was, in words.
calmness() {
  echo "A step took $(calmest) ns at best (\`bench/Calm.java\`). Rounds run again because it took half as long again: $again; counted though it did: $restless."
}
