-- Finds a session by a public name.
--
-- ARGV    2 public name
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED (session)

local id = call('HGET', AREA .. 'n:' .. sub(ARGV[2], 1, 4), sub(ARGV[2], 5))
if not id then
  return { org.seq, 'UNKNOWN_SESSION' }
end
local s = read_session(id, true)
if not s then
  -- A pruned session has no name.
  return { org.seq, 'DAMAGED', id }
end
local position = 0
if waits(s) then
  -- INSERT
  position = position_of(s)
end
return { org.seq, 'OK', session_reply(s, fields_of(s), position) }
