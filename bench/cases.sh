# The cases, each a function named after it. Read by bench/run.

# Requests by wrk before the rounds, until the compilers rest: URL, further arguments of load.
warm_up() {
  local url=$1
  shift
  settle "$url" "$gateway_pid" "$WARM_UP" "$@"
  WARM_UP=$(((WARM_UP + 3) / 4))
  [ "$WARM_UP" -ge 5 ] || WARM_UP=5
}

# NAME, AIM, PATH at nginx, PATH at the gateway, further arguments of load.
requests() {
  local name=$1 aim=$2 nginx gateway
  nginx=$(at_nginx "$3")
  gateway=$(at_gateway "$4")
  shift 4
  warm_up "$gateway" "$@"
  rounds "$name" "load $nginx $nginx_pid $SECONDS_EACH $*" "load $gateway $gateway_pid $SECONDS_EACH $*"
  row "$name" "$aim"
}

# NAME, PLACE at nginx, PLACE at the gateway.
events() {
  local nginx gateway
  nginx=$(at_nginx "$2")
  gateway=$(at_gateway "$3")
  streams "$gateway" "$gateway_pid" >/dev/null
  streams "$gateway" "$gateway_pid" >/dev/null
  rounds "$1" "streams $nginx $nginx_pid" "streams $gateway $gateway_pid"
  row "$1" '≤ 1.8'
}

case_unary() {
  requests 'request, 1 KB in, 1.2 KB out' '≤ 1.8' plain/v1/chat/completions plain/v1/chat/completions
  capacity=$(median "$work/gateway.rounds" 2)
}

# Two gateways that differ in nothing but that one records no requests and limits none.
case_ledger() {
  local pids=() urls=() at
  EXTRA='ledger: {enabled: false}' gateway_of silent "$SILENT"
  pids+=("${started[-1]}")
  EXTRA='limits: {default: {concurrent: 100000, tokens-per-day: 10000000000, usd-per-month: 1000000}}' gateway_of limited "$SPARE"
  pids+=("${started[-1]}")
  for at in "$SILENT" "$SPARE"; do
    hears "http://127.0.0.1:$at/health/live" || fail "a gateway does not answer: $(cat "$work"/{silent,limited}.log)"
    curl -sSf -o /dev/null -H "Authorization: Bearer $BENCH_AUTH_KEY" -H 'Content-Type: text/plain' \
      --data sk-bench-0123456789abcdef "http://127.0.0.1:$at/api/keys/add/bench-plain"
    urls+=("http://127.0.0.1:$at/api/bench-plain/v1/chat/completions")
  done
  for at in 0 1; do settle "${urls[at]}" "${pids[at]}" "$FIRST_WARM_UP"; done
  rounds 'without and with ledger, metrics and limits' \
    "load ${urls[0]} ${pids[0]} $SECONDS_EACH" "load ${urls[1]} ${pids[1]} $SECONDS_EACH"
  figure 'CPU of a request with ledger, metrics and limits, of one without' \
    "$(awk -v a="$(median "$work/nginx.rounds" 1)" -v b="$(median "$work/gateway.rounds" 1)" 'BEGIN { printf "%.2f (%.1f of %.1f µs)", b / a, b, a }')" '≤ 1.15'
  kill "${pids[@]}"
  wait "${pids[@]}" 2>/dev/null || :
}

case_burst() {
  requests 'request, 20 events out in one piece' '' plain/v1/streamed plain/v1/streamed 1024 true
}

case_body() {
  requests 'request, 1 MB in, 1.2 KB out' '≤ 2' plain/v1/chat/completions plain/v1/chat/completions 1048576
}

case_events() {
  events "event, $STREAMS streams at once" events events
}

# The same events for a client of Anthropic's dialect, beside one of OpenAI's own.
case_translated() {
  local openai anthropic
  openai=$(anywhere v1/chat/completions) anthropic=$(anywhere api/compat/v1/messages)
  translated "$anthropic" >/dev/null
  translated "$openai" >/dev/null
  translated "$anthropic" >/dev/null
  rounds "event, $STREAMS streams at once, passed on and translated" "translated $openai" "translated $anthropic"
  figure 'an event that is translated (OpenAI to Anthropic), of the CPU of one that passes' \
    "$(awk -v a="$(median "$work/nginx.rounds" 1)" -v b="$(median "$work/gateway.rounds" 1)" 'BEGIN { printf "%.2f (%.1f of %.1f µs)", b / a, b, a }')" '≤ 3'
  figure 'an event that is translated leaves after the upstream wrote it, 99th percentile; one that passes' \
    "$(median "$work/gateway.rounds" 3) ms; $(median "$work/nginx.rounds" 3) ms" '1 ms more'
}

# How long the first event of a stream takes from the upstream's write to the client: directly, passed on and
# translated, in turns. An event comes 5 ms after the head, and the end 5 ms later. Before, so many streams come at once that
# what they run through is compiled. At 25 streams/s of each way mostly one is open at a time.
case_first-event() {
  local ways rate round
  ways="http://127.0.0.1:$EVENTS/v1/1/5,$(anywhere v1/chat/completions),$(anywhere api/compat/v1/messages)"
  first_events "$ways" 400 $((FIRST_WARM_UP * 1000)) 0 >/dev/null
  for rate in 25 250; do
    : >"$work/firsts.rounds"
    for round in $(seq "$FIRST_ROUNDS"); do
      first_events "$ways" "$rate" "$FIRSTS" 100 >>"$work/firsts.rounds"
      say "first event at $rate streams/s, round $round of $FIRST_ROUNDS (p50, p99 µs directly, passed on, translated): $(tail -n 1 "$work/firsts.rounds")"
    done
    figure "the first event, translated, leaves after the upstream's, at 3 × $rate streams/s: median and 99th percentile over asking directly (passed on; directly)" \
      "$(over 5 1) and $(over 6 2) ms ($(over 3 1) and $(over 4 2); $(over 1) and $(over 2))" '≤ 1 ms'
  done
}

# The median of a column of the first events in ms, less that of another.
over() {
  awk -v a="$(median "$work/firsts.rounds" "$1")" -v b="$([ $# -eq 1 ] || median "$work/firsts.rounds" "$2")" 'BEGIN { printf "%.2f", (a - b) / 1000 }'
}

case_tls() {
  requests 'request, upstream over TLS, HTTP/1.1' '≤ 1.8' tls/v1/chat/completions tls1/v1/chat/completions
  requests 'request, upstream over TLS, HTTP/2' '≤ 1.8' tls/v1/chat/completions tls2/v1/chat/completions
}

case_tls-events() {
  events "event, $STREAMS streams, upstream over TLS, HTTP/1.1" tls-events tls1
  events "event, $STREAMS streams, upstream over TLS, HTTP/2" tls-events tls2
}

# At a tenth of what the gateway can do, beside asking the upstream directly.
case_ttfb() {
  local direct="http://127.0.0.1:$PLAIN/v1/chat/completions" gateway rate
  gateway=$(at_gateway plain/v1/chat/completions)
  if [ -z "${capacity-}" ]; then
    warm_up "$gateway"
    capacity=$(load "$gateway" "$gateway_pid" 5 | cut -d ' ' -f 2)
  fi
  rate=$((${capacity%.*} / 10))
  java_of Pace "$gateway" "$rate" 3 >/dev/null
  rounds "first byte at $rate requests/s (requests, p50, p99 µs)" \
    "paced $direct $rate $SECONDS_EACH" "paced $gateway $rate $SECONDS_EACH"
  figure "time to the first byte over asking directly, median, at $rate requests/s" "$(added 2)" '≤ 0.5 ms'
  figure "the same, 99th percentile" "$(added 3)" '≤ 2 ms'
}

# The difference of the medians of a column of µs, in ms.
added() {
  awk -v a="$(median "$work/nginx.rounds" "$1")" -v b="$(median "$work/gateway.rounds" "$1")" \
    'BEGIN { printf "%.2f ms (%.2f, directly %.2f)\n", (b - a) / 1000, b / 1000, a / 1000 }'
}

# Ten events for each stream, one each two seconds. The upstream speaks HTTP/2: with a connection for each
# stream on both sides, twice as many descriptors would be needed as streams.
case_many() {
  local pid url result events errors p50 p99
  gateway_of many "$SPARE"
  pid=${started[-1]}
  url="http://127.0.0.1:$SPARE"
  hears "$url/health/live" || fail "the gateway does not answer: $(tail -n 20 "$work/many.log")"
  curl -sSf -o /dev/null -H "Authorization: Bearer $BENCH_AUTH_KEY" -H 'Content-Type: text/plain' \
    --data sk-bench-0123456789abcdef "$url/api/keys/add/bench-tls2"
  result=$(java_of Streams "$url/api/bench-tls2/v1/10/2000" "$MANY" 10 10000)
  read -r _ events errors p50 p99 <<<"$result"
  figure "$MANY open streams: memory at most" "$(memory "$pid" VmHWM) MiB" '≤ 1024 MiB'
  figure "$MANY open streams: events that came; streams that broke; delay of an event, p50 and p99" \
    "$events of $((MANY * 10)); $errors; $((p50 / 1000)) and $((p99 / 1000)) ms" 'all; none'
  kill "$pid"
}

# From the launcher's start to the first whole answer that a provider gave, with its data there already.
case_start() {
  local round pid began
  : >"$work/starts"
  for round in $(seq $((ROUNDS + 2))); do
    began=${EPOCHREALTIME/./}
    gateway_of start "$SPARE"
    pid=${started[-1]}
    until (: <"/dev/tcp/127.0.0.1/$SPARE") 2>"$work/refused"; do sleep 0.01; done
    until curl -sf -o "$work/answer" -H "Authorization: Bearer $BENCH_AUTH_KEY" -H 'Content-Type: application/json' \
      --data '{"model":"sandbox/echo","messages":[{"role":"user","content":"hello"}]}' \
      "http://127.0.0.1:$SPARE/v1/chat/completions"; do sleep 0.01; done
    [ "$round" -le 2 ] || echo $(((${EPOCHREALTIME/./} - began) / 1000)) >>"$work/starts"
    say "start $round: $(((${EPOCHREALTIME/./} - began) / 1000)) ms"
    kill "$pid"
    wait "$pid" 2>/dev/null || :
  done
  figure 'from start to first answer' "$(median "$work/starts" 1) ms" '≤ 700 ms'
}

case_idle() {
  local pid
  gateway_of idle "$SPARE"
  pid=${started[-1]}
  hears "http://127.0.0.1:$SPARE/health/live" || fail "the gateway does not answer: $(tail -n 20 "$work/idle.log")"
  sleep 5
  figure 'memory while idle, after a start' "$(memory "$pid" VmRSS) MiB" '≤ 200 MiB'
  kill "$pid"
  wait "$pid" 2>/dev/null || :
}

# Clients that take a minute for a body, or never end a head, while others ask as ever: at a third of the
# capacity, as at saturation a small change of either side decides what the slowest wait for.
case_slow() {
  local gateway rate
  gateway=$(at_gateway plain/v1/chat/completions)
  need slowhttptest slowhttptest
  if [ -z "${capacity-}" ]; then
    warm_up "$gateway"
    capacity=$(load "$gateway" "$gateway_pid" 5 | cut -d ' ' -f 2)
  fi
  rate=$((${capacity%.*} / 3))
  java_of Pace "$gateway" "$rate" 3 64 >/dev/null
  slow_clients bodies B "$gateway?key=$BENCH_AUTH_KEY"
  slow_clients heads H "$gateway"
}

# NAME, slowhttptest's letter for it, URL. In turns they trouble nginx and the gateway, which answers the others
# both times: ten thousand such clients need the cores for themselves as well.
slow_clients() {
  local before held
  before=$(memory "$gateway_pid" VmRSS)
  : >"$work/held"
  rounds "beside $SLOW slow $1 of nginx and of the gateway, at $rate requests/s (requests, p50, p99 µs)" \
    "beside_slow $2 $(at_nginx plain/v1/chat/completions) $NGINX" "beside_slow $2 '$3' $GATEWAY"
  held=$(sort -n "$work/held" | tail -n 1)
  figure "99th percentile at $rate requests/s beside clients with slow $1, over that while they are nginx'" \
    "$(awk -v a="$(median "$work/nginx.rounds" 3)" -v b="$(median "$work/gateway.rounds" 3)" \
      'BEGIN { printf "%+.0f %% (%.2f ms, else %.2f)", (b / a - 1) * 100, b / 1000, a / 1000 }')" '≤ +10 %'
  figure "slow $1 at once, of $SLOW that tried; memory for each" \
    "${held% *}; $(((${held#* } - before) * 1024 / ${held% *})) KiB" '≤ 64 KiB'
}

# A paced load beside slow clients: slowhttptest's letter, URL and its port. The gateway of the measurements waits a minute for
# heads, not ten seconds as usual, so that all can be there at once. Notes how many were, and the memory in MiB.
beside_slow() {
  local slow open=0 most=0
  slowhttptest "-$1" -c "$SLOW" -r "$SLOW" -i "$SLOW_PAUSE" -l 60 -x 24 -s 1000000 -u "$2" >"$work/slow.log" 2>&1 &
  slow=$!
  for _ in {1..100}; do
    open=$(established "$3")
    [ "$open" -le "$most" ] || most=$open
    [ "$open" -lt $((SLOW * 95 / 100)) ] || break
    sleep 0.1
  done
  [ "$3" != "$GATEWAY" ] || echo "$most $(memory "$gateway_pid" VmRSS)" >>"$work/held"
  paced "$gateway" "$rate" "$((2 * SLOW_PAUSE))" 64
  kill "$slow" 2>/dev/null || :
  wait "$slow" 2>/dev/null || :
}

# How many connections a server at this port has with its clients.
established() {
  awk -v port="$(printf ':%04X' "$1")" '$4 == "01" && substr($2, length($2) - 4) == port' /proc/net/tcp /proc/net/tcp6 | wc -l
}

# More than it can do, on a small heap: without a bound the CPU is full, with one the bound is.
case_overload() {
  crowded_gateway 0
  full_cpu
  not_out_of_memory
  crowded_gateway "$BOUND"
  full_bound
  not_out_of_memory
}

# A gateway that lets so many requests run at once; 0 is any number.
crowded_gateway() {
  local provider
  crowd=overload-$1
  CONCURRENT=$1 JAVA_OPTS="${JAVA_OPTS-} -Xmx256m -Xlog:gc:file=$work/$crowd.gc" gateway_of "$crowd" "$SPARE"
  crowd_pid=${started[-1]}
  hears "http://127.0.0.1:$SPARE/health/live" || fail "the gateway does not answer: $(tail -n 20 "$work/$crowd.log")"
  for provider in plain events; do
    curl -sSf -o /dev/null -H "Authorization: Bearer $BENCH_AUTH_KEY" -H 'Content-Type: text/plain' \
      --data "sk-bench-0123456789abcdef-$provider" "http://127.0.0.1:$SPARE/api/keys/add/bench-$provider"
  done
}

# What the collector stopped it for, which is part of the times above.
pauses() {
  figure "$crowd: pauses of the collector, 99th percentile and longest" \
    "$(sed -n 's/.*Pause.* \([0-9.]*\)ms$/\1/p' "$work/$crowd.gc" | sort -n \
      | awk '{ v[NR] = $1 } END { if (NR) printf "%.1f and %.1f ms (%d)", v[int(NR * 0.99 + 0.99)], v[NR], NR; else print "none" }')" ''
}

not_out_of_memory() {
  pauses
  figure "$crowd: times out of memory" "$(grep -c OutOfMemory "$work/$crowd.log" || :)" 'none'
  kill "$crowd_pid"
  wait "$crowd_pid" 2>/dev/null || :
}

# Five times as many connections as saturate it, each of which asks again as soon as it was answered; the same
# at nginx, since load and upstream take more of the cores with more connections, too.
full_cpu() {
  local url asking peak goodput nginx
  url="http://127.0.0.1:$SPARE/api/bench-plain/v1/chat/completions"
  nginx=$(at_nginx plain/v1/chat/completions)
  answered "$url" "$CONNECTIONS" "$WARM_UP" >/dev/null
  answered "$url" $((5 * CONNECTIONS)) 5 >/dev/null
  rounds "answers a second over $CONNECTIONS and $((5 * CONNECTIONS)) connections" "peak_and_more $nginx" "peak_and_more $url"
  kept nginx 'nginx beside it'
  kept gateway 'CPU full' '≥ 90 %'
  answered "$url" $((5 * CONNECTIONS)) $((2 * SECONDS_EACH)) >"$work/goodput" &
  asking=$!
  sleep 1
  probe_doors 'CPU full'
  wait "$asking"
}

# URL. Prints the answers a second over as many connections as saturate it, and over five times as many.
peak_and_more() {
  echo "$(answered "$1" "$CONNECTIONS" "$SECONDS_EACH") $(answered "$1" $((5 * CONNECTIONS)) "$SECONDS_EACH")"
}

# Of WHOSE rounds, NAME, AIM.
kept() {
  figure "$2: answers a second over $((5 * CONNECTIONS)) connections, of those over $CONNECTIONS" \
    "$(awk -v a="$(median "$work/$1.rounds" 1)" -v b="$(median "$work/$1.rounds" 2)" \
      'BEGIN { printf "%.0f %% (%.0f of %.0f)", b / a * 100, b, a }')" "${3-}"
}

# Requests at five times the pace that the bound lets through, whether the others were answered or not.
# The upstream takes 100 ms for its event and the end.
full_bound() {
  local url asking most seconds=$((2 * SECONDS_EACH))
  most=$((BOUND * 10))
  url="http://127.0.0.1:$SPARE/api/bench-events/v1/1/50"
  java_of Pace "$url" $((5 * most)) "$seconds" $((8 * BOUND)) >/dev/null
  java_of Pace "$url" $((5 * most)) "$seconds" $((8 * BOUND)) >"$work/paced" &
  asking=$!
  sleep 1
  probe_doors 'bound full'
  wait "$asking"
  figure "bound full, $((5 * most)) requests a second meant: served a second, of those that it lets through" \
    "$(awk -v most="$most" '{ all += $3; us = $6 } $2 == 200 { served = $3 }
      END { printf "%.0f %% (%.0f of %d; %.0f requests a second came)", served / us * 1e8 / most, served / us * 1e6, most, all / us * 1e6 }' "$work/paced")" '≥ 90 %'
  figure 'bound full: a refusal takes, median and 99th percentile' \
    "$(awk '$2 == 429 { printf "%.1f and %.1f ms (%d times)", $4 / 1000, $5 / 1000, $3 }' "$work/paced")" '≤ 1100 ms: whoever asks on is held back for a second'
  figure 'bound full: answers with other statuses' "$(awk '$2 != 200 && $2 != 429 { n += $3 } END { print n + 0 }' "$work/paced")" 'none'
}

# The doors that must stay open: while WHAT.
probe_doors() {
  probe "http://127.0.0.1:$SPARE/health/live"
  figure "$1: health takes, median and 99th percentile" "$(probed)" '≤ 200 ms'
  probe "http://127.0.0.1:$SPARE/login"
  figure "$1: the console takes, median and 99th percentile" "$(probed)" '≤ 200 ms'
}

# Answers with status 200 a second: URL, connections, seconds.
answered() {
  BENCH_BODY=1024 wrk -t "$THREADS" -c "$2" -d "$3s" --timeout 10s -s bench/load.lua "$1" \
    | awk '/^RESULT/ { printf "%d\n", ($2 - $3) / $4 * 1e6 }'
}

# Asks fifty times and keeps the times in ms of those served: URL.
probe() {
  for _ in {1..50}; do curl -s -o "$work/answer" -w '%{http_code} %{time_total}\n' "$1"; done \
    | awk '$1 == 200 { print $2 * 1000 }' | sort -n >"$work/probes"
}

probed() {
  awk '{ v[NR] = $1 } END { if (NR) printf "%.1f and %.1f ms (%d times)\n", v[int((NR + 1) / 2)], v[int(NR * 0.99 + 0.99)], NR; else print "never" }' "$work/probes"
}

# Whoever is over its limit knocks on, and others ask: what it costs them beside what the same knocks cost them
# where nginx answers them, which is what the load itself takes of the cores.
case_limits() {
  local url="http://127.0.0.1:$SPARE/api/bench-plain/v1/chat/completions" pid
  EXTRA='limits: {keys: {key-2: {requests-per-minute: 1}}}' gateway_of limits "$SPARE"
  pid=${started[-1]}
  hears "http://127.0.0.1:$SPARE/health/live" || fail "the gateway does not answer: $(tail -n 20 "$work/limits.log")"
  curl -sSf -o /dev/null -H "Authorization: Bearer $BENCH_AUTH_KEY" -H 'Content-Type: text/plain' \
    --data sk-bench-0123456789abcdef "http://127.0.0.1:$SPARE/api/keys/add/bench-plain"
  settle "$url" "$pid" "$FIRST_WARM_UP"
  BENCH_CLOSE=yes settle "$url" "$pid" "$FIRST_WARM_UP" # some knock on new connections
  {
    echo '| Beside requests of a key within its limits | Knocks a second | p50 µs | p90 µs | p99 µs |'
    echo '|---|---|---|---|---|'
    java_of Knocks "$url" "$url" "$(at_nginx limited/)" "$((4 * ROUNDS))"
  } >>"$work/knocks"
  kill "$pid"
  wait "$pid" 2>/dev/null || :
}
