-- What wrk sends: a chat request of so many bytes. It prints one line at the end for bench/measure.sh.
local streamed = os.getenv("BENCH_STREAM") == "true"
local head = '{"model":"bench-model","stream":' .. tostring(streamed) .. ',"messages":[{"role":"user","content":"'
local tail = '"}]}'

wrk.method = "POST"
wrk.body = head .. string.rep("a", tonumber(os.getenv("BENCH_BODY")) - #head - #tail) .. tail
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_AUTH_KEY")
if os.getenv("BENCH_CLOSE") then wrk.headers["Connection"] = "close" end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("RESULT %d %d %d %d",
    summary.requests,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status,
    summary.duration,
    latency:percentile(99)))
end
