-- Finds a session.
--
-- ARGV    2 session
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED
function Functions.find_session(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  local position = 0
  if Sessions.waits(s) then
    position = Waiting.position_of(s)
  end
  return { org.seq, 'OK', Sessions.reply(s, Sessions.fields_of(s), position) }
end
