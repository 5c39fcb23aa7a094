-- The claims of a poll that is repeated.

-- Adds those that still stand to the reply. Answers how many, and the sessions among them of which the item
-- is missing. `last` begins with what is kept of them: lib/worker.lua.
local function claims_again(worker, last, reply)
  local found, gone = 0, {}
  for session, claim in string.gmatch(match(last, '^[^\30]*'), '([^\31]+)\31(%d+)') do
    local s = read_session(session)
    if s and s.place == 'CLAIMED' and s.state ~= 'STOPPED' and s.owner == worker and s.token == claim then
      local content, n = call('MGET', AREA .. 'p:' .. session)[1], #reply
      if content then
        reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
          session, claim, s.accept_by .. '\31' .. s.queued .. '\31' .. s.project, content
        found = found + 1
      elseif call('EXISTS', AREA .. 'p:' .. session) == 0 then
        gone[#gone + 1] = session
      end
    end
  end
  return found, gone
end
