-- Asks for the addresses in a file, in turn, and prints what wrk saw as JSON.
local addresses, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do addresses[#addresses + 1] = line end
end

function request()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at])
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\n{"requests": %d, "bytes": %d, "microseconds": %d, "failed": %d, "p50": %d, "p95": %d}\n',
    summary.requests, summary.bytes, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(95)))
end
