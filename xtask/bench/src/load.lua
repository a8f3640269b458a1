-- What wrk sends: the requests of a file in turn, one a line (method, path and body, with a tab between them), with a number
-- that counts up in the place of {number}. Started as: wrk ... URL -- FILE TOKEN FIRST
local requests, at, number = {}, 0, 0

function init(arguments)
   number = tonumber(arguments[3])
   local headers = { ["Authorization"] = "Bearer " .. arguments[2], ["Content-Type"] = "application/json" }
   for line in io.lines(arguments[1]) do
      local method, path, body = line:match("^(%u+)\t([^\t]+)\t(.*)$")
      local whole = wrk.format(method, path, headers, body ~= "" and body or nil)
      local parts, from = {}, 1
      while true do
         local first, last = whole:find("{number}", from, true)
         parts[#parts + 1] = whole:sub(from, (first or 0) - 1)
         if not first then break end
         from = last + 1
      end
      requests[#requests + 1] = parts
   end
end

function request()
   at, number = at % #requests + 1, number + 1
   local parts = requests[at]
   if #parts == 1 then return parts[1] end
   return table.concat(parts, string.format("%08d", number))
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '{"requests":%d,"micros":%d,"p99Micros":%d,"refused":%d,"broken":%d}\n',
      summary.requests, summary.duration, latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout
   ))
end
