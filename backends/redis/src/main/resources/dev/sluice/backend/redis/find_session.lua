-- Finds a session.
--
-- ARGV    2 session
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local position = 0
if waits(s) then
  -- INSERT
  position = position_of(s)
end
return { org.seq, 'OK', session_reply(s, fields_of(s), position) }
