-- Activities per read.
local SOME = 16

-- Lists the activities of a session, the oldest first.
--
-- Arguments  2 session  3 id to start after  4 limit
-- Result  activities (rules/sessions.lua)
-- Refuses UNKNOWN_SESSION, DAMAGED
function Functions.activities(args)
  local session, after, limit = args[2], args[3] + 0, args[4] + 0
  local s, refusal = Sessions.read(session)
  if not s then
    return { org.seq, refusal }
  end
  local key, list, bytes = AREA .. 'a:' .. s.id, {}, 0
  -- Ids have no gaps.
  local first = s.activities - call('LLEN', key) + 1
  local from = math.max(0, math.min(after, s.activities) + 1 - first)
  while #list < limit do
    local some = call('LRANGE', key, from + #list, from + math.min(limit, #list + SOME) - 1)
    for _, line in ipairs(some) do
      bytes = bytes + #line
      if #list > 0 and bytes > Rules.PAGE_BYTES then
        return { org.seq, 'OK', list }
      end
      list[#list + 1] = line
    end
    if #some < SOME then
      break
    end
  end
  return { org.seq, 'OK', list }
end
