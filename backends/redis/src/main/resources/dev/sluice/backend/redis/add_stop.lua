-- Stores an order to stop many sessions.
--
--   {org}:stop-runs      sorted set: id -> when it was ordered
--   {org}:stop-run:<id>  time US project or '' US actor US targets US reason; targets: session RS token RS ...
--
-- ARGV    2 id  3 project or ''  4 targets  5 ... audit line (lib/audit.lua)
-- Result  when it was ordered
-- Refuses CONFLICT

local id = ARGV[2]
local key = AREA .. 'stop-run:' .. id
expect('zset', AREA .. 'stop-runs')
expect('string', key)
check_audit()
if call('EXISTS', key) == 1 then
  return { org.seq, 'CONFLICT' }
end

call('SET', key, NOW .. '\31' .. ARGV[3] .. '\31' .. ARGV[#ARGV - 4] .. '\31' .. ARGV[4] .. '\31' .. ARGV[#ARGV])
call('ZADD', AREA .. 'stop-runs', NOW, id)
audit()
commit()
return { org.seq, 'OK', NOW }
