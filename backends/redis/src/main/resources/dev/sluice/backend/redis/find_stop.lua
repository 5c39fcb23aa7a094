-- Finds an order to stop many sessions.
--
-- ARGV    2 id
-- Result  order (add_stop.lua)
-- Refuses UNKNOWN_STOP

local key = AREA .. 'stop-run:' .. ARGV[2]
expect('string', key)
local run = call('GET', key)
if not run then
  return { org.seq, 'UNKNOWN_STOP' }
end
return { org.seq, 'OK', run }
