-- A session's activities, the oldest first.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 only those with a greater id  4 most
-- Result  seq, 'OK', activities (lib/line.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local key = AREA .. 'a:' .. s.id
-- Ids have no gaps.
local first = s.activities - call('LLEN', key) + 1
local from = math.max(0, ARGV[3] + 1 - first)
return { org.seq, 'OK', call('LRANGE', key, from, from + ARGV[4] - 1) }
