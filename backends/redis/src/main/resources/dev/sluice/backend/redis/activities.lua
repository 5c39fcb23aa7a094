-- A session's activities, the oldest first.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 only those with a greater id  4 most
-- Result  seq, 'OK', activities (lib/session.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session sessions

-- So many are read at a time.
local SOME = 16

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local key = AREA .. 'a:' .. s.id
-- Ids have no gaps.
local first = s.activities - call('LLEN', key) + 1
local from = math.max(0, math.min(ARGV[3] + 0, s.activities) + 1 - first)
local list, bytes, limit = {}, 0, ARGV[4] + 0
while #list < limit do
  local some = call('LRANGE', key, from + #list, from + math.min(limit, #list + SOME) - 1)
  for _, line in ipairs(some) do
    bytes = bytes + #line
    if #list > 0 and bytes > PAGE_BYTES then
      return { org.seq, 'OK', list }
    end
    list[#list + 1] = line
  end
  if #some < SOME then
    break
  end
end
return { org.seq, 'OK', list }
