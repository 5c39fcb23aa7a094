-- Stores an order to stop many sessions.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 id  3 project or ''  4 targets (lib/stops.lua); and the audit line
--         (lib/audit.lua)
-- Result  seq, 'OK', when
--      or seq, 'CONFLICT'
--
-- USES org audit stops

local id = ARGV[2]
check_stop_run(id)
check_audit()
local key = AREA .. 'stop-run:' .. id
if call('EXISTS', key) == 1 then
  return { org.seq, 'CONFLICT' }
end

call('SET', key, NOW .. '\31' .. ARGV[3] .. '\31' .. ARGV[#ARGV - 4] .. '\31' .. ARGV[4] .. '\31' .. ARGV[#ARGV])
call('ZADD', AREA .. 'stop-runs', NOW, id)
audit()
commit()
return { org.seq, 'OK', NOW }
