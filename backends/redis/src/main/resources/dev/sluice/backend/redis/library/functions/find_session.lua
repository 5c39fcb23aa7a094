-- Finds a session.
--
-- Arguments  2 session
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED
function Functions.find_session(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  return { org.seq, 'OK', Waiting.reply(s) }
end
