# The servers of a measurement: upstreams, nginx as a proxy, and the gateway. Read by bench/run.

PLAIN=$PORT            # nginx, answers whole
TLS1=$((PORT + 1))     # the same over TLS, HTTP/1.1 only
TLS2=$((PORT + 2))     # the same over TLS, HTTP/2 too
EVENTS=$((PORT + 3))   # one event after another
NGINX=$((PORT + 4))    # the proxy to compare with
GATEWAY=$((PORT + 5))
SPARE=$((PORT + 6))    # a gateway of its own, for starts
SILENT=$((PORT + 7))   # one that records nothing

fail() {
  printf 'bench: %s\n' "$*" >&2
  exit 1
}

say() {
  printf 'bench: %s\n' "$*" >&2
}

need() {
  command -v "$1" >/dev/null && return
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    { apt-get update -qq && apt-get install -y -qq "$2"; } >/dev/null 2>&1 || :
  fi
  command -v "$1" >/dev/null || fail "$1 is missing; on Debian: sudo apt-get install $2"
}

stop() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || :; done
  wait 2>/dev/null || :
  rm -rf "$work"
}

# An nginx of its own: NAME, WORKERS and the inside of its http block on standard input.
nginx_of() {
  {
    echo "daemon off; pid $work/$1.pid; error_log $work/$1.log warn; worker_processes $2;"
    echo "worker_rlimit_nofile $(ulimit -n); events { worker_connections $(($(ulimit -n) - 100)); }"
    echo 'http { access_log off; keepalive_requests 1000000000; client_body_buffer_size 2m; client_max_body_size 0;'
    for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $work/$1-$kind;"; done
    cat
    echo '}'
  } >"$work/$1.conf"
  nginx -e "$work/$1.log" -c "$work/$1.conf" &
  started+=($!)
}

# 1.2 KB of a chat completion, and as a stream twenty events of 180 bytes, both in one piece.
answers() {
  local content unary event stream
  content=$(printf 'b%.0s' {1..950})
  unary='{"id":"chatcmpl-0","object":"chat.completion","created":1,"model":"bench-model","choices":[{"index":0,"message":{"role":"assistant","content":"'$content'"},"finish_reason":"stop"}],"usage":{"prompt_tokens":250,"completion_tokens":240,"total_tokens":490}}'
  event='data: {"id":"chatcmpl-0","object":"chat.completion.chunk","created":1,"model":"bench-model","choices":[{"index":0,"delta":{"content":"twenty events of text "},"finish_reason":null}]}'
  stream=$(for _ in {1..20}; do printf '%s\n\n' "$event"; done)$'\n\ndata: [DONE]\n\n'
  echo "location /v1/chat/completions { default_type application/json; return 200 '$unary'; }"
  echo "location /v1/streamed { default_type text/event-stream; return 200 '$stream'; }"
}

upstreams() {
  local tls="ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; ssl_protocols TLSv1.2 TLSv1.3;"
  local paced="location ~ ^/v1/[0-9]+/ { proxy_pass http://events; proxy_http_version 1.1; proxy_set_header Connection ''; proxy_buffering off; }"
  nginx_of upstream 1 <<CONF
upstream events { server 127.0.0.1:$EVENTS; keepalive $MANY; keepalive_requests 1000000000; }
http2_max_concurrent_streams 128; http2_recv_buffer_size 1m;
server { listen 127.0.0.1:$PLAIN backlog=8192; $(answers) }
server { listen 127.0.0.1:$TLS1 ssl backlog=8192; $tls $(answers) $paced }
server { listen 127.0.0.1:$TLS2 ssl http2 backlog=8192; $tls $(answers) $paced }
CONF
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m -cp "$work/classes" Upstream "$EVENTS" &
  started+=($!)
}

# Under /plain, /tls and /events the three upstreams that the gateway knows under these names.
proxy() {
  local common="proxy_http_version 1.1; proxy_set_header Connection '';"
  local kept="keepalive $STREAMS; keepalive_requests 1000000000;"
  nginx_of proxy "$NGINX_WORKERS" <<CONF
upstream plain { server 127.0.0.1:$PLAIN; $kept }
upstream tls { server 127.0.0.1:$TLS1; $kept }
upstream events { server 127.0.0.1:$EVENTS; $kept }
proxy_ssl_trusted_certificate $work/cert.pem; proxy_ssl_verify on; proxy_ssl_name 127.0.0.1; proxy_ssl_protocols TLSv1.3;
server {
  listen 127.0.0.1:$NGINX backlog=8192;
  location /limited/ { default_type application/json; return 429 '{"error":{"message":"too many"}}'; }
  location /plain/ { proxy_pass http://plain/; $common }
  location /tls/ { proxy_pass https://tls/; $common }
  location /events/ { proxy_pass http://events/; $common proxy_buffering off; }
  location /tls-events/ { proxy_pass https://tls/; $common proxy_buffering off; }
}
CONF
  nginx_pid=${started[-1]}
}

# The settings of a gateway at PORT with its data in FOLDER.
settings() {
  cat <<YAML
host: 127.0.0.1
port: $1
data-dir: $2
auth-key: $BENCH_AUTH_KEY;$BENCH_KNOCK_KEY=bench-plain
client: {concurrent: ${CONCURRENT:-0}, head-ms: 60000}
${EXTRA-}
providers:
  bench-plain: {base-url: "http://127.0.0.1:$PLAIN", dialect: openai}
  bench-tls1: {base-url: "https://127.0.0.1:$TLS1", dialect: openai}
  bench-tls2: {base-url: "https://127.0.0.1:$TLS2", dialect: openai}
  bench-events: {base-url: "http://127.0.0.1:$EVENTS", dialect: openai, openai-path: /v1/50/100}
  bench-first: {base-url: "http://127.0.0.1:$EVENTS", dialect: openai, openai-path: /v1/1/5}
YAML
}

# Starts a gateway: NAME, PORT. It trusts the certificate of the upstreams.
gateway_of() {
  settings "$2" "$work/$1" >"$work/$1.yaml"
  JAVA_OPTS="${JAVA_OPTS-} -Djavax.net.ssl.trustStore=$work/trust.p12 -Djavax.net.ssl.trustStorePassword=benchmark" \
    ./one-balance serve --config "$work/$1.yaml" >"$work/$1.log" 2>&1 &
  started+=($!)
}

# Whether the class cache of the jar in force is there.
cached() {
  [ -n "$(find target -maxdepth 1 -name 'one-balance-*.aot' -newer target/one-balance.jar)" ]
}

# The first start makes the cache of classes; it would disturb what is measured, and starts without are slower.
make_cache() {
  local pid
  ONE_BALANCE_CACHE_AFTER=0 gateway_of first "$SPARE"
  pid=${started[-1]}
  for _ in {1..120}; do
    ! cached || break
    sleep 1
  done
  kill "$pid"
  wait "$pid" 2>/dev/null || :
  cached || fail 'the class cache was not made'
}

gateway() {
  ./one-balance version # builds what is stale, so that a start below is only a start
  cached || make_cache
  gateway_of gateway "$GATEWAY"
  gateway_pid=${started[-1]}
  hears "http://127.0.0.1:$GATEWAY/health/live" || fail "the gateway does not answer: $(tail -n 20 "$work/gateway.log")"
  for provider in plain tls1 tls2 events first; do
    curl -sSf -o /dev/null -H "Authorization: Bearer $BENCH_AUTH_KEY" -H 'Content-Type: text/plain' \
      --data "sk-bench-0123456789abcdef-$provider" "http://127.0.0.1:$GATEWAY/api/keys/add/bench-$provider" \
      || fail "the gateway took no key: $(tail -n 20 "$work/gateway.log")"
  done
}

hears() {
  for _ in {1..150}; do
    curl -sf -o "$work/answer" "$@" && return
    sleep 0.2
  done
  return 1
}

certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>"$work/openssl.log"
  "$JAVA_HOME/bin/keytool" -importcert -noprompt -alias bench -file "$work/cert.pem" \
    -keystore "$work/trust.p12" -storepass benchmark 2>"$work/keytool.log"
}

start_servers() {
  "$JAVA_HOME/bin/javac" -d "$work/classes" bench/*.java
  certificate
  upstreams
  proxy
  hears "http://127.0.0.1:$NGINX/plain/v1/chat/completions" || fail "nginx does not answer: $(cat "$work"/*.log)"
  gateway
}
