-- Finds a session by a public name.
--
-- ARGV    2 public name
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED (session)
function Functions.find_public(args)
  local id = call('HGET', AREA .. 'n:' .. sub(args[2], 1, 4), sub(args[2], 5))
  if not id then
    return { org.seq, 'UNKNOWN_SESSION' }
  end
  local s = Sessions.read(id, true)
  if not s then
    -- A pruned session has no name.
    return { org.seq, 'DAMAGED', id }
  end
  local position = 0
  if Sessions.waits(s) then
    position = Waiting.position_of(s)
  end
  return { org.seq, 'OK', Sessions.reply(s, Sessions.fields_of(s), position) }
end
