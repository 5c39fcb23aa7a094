-- Finds a session by a public name.
--
-- Arguments  2 public name
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED (session)
function Functions.find_public(args)
  local name = args[2]
  local id = call('HGET', AREA .. 'n:' .. sub(name, 1, 4), sub(name, 5))
  if not id then
    return { org.seq, 'UNKNOWN_SESSION' }
  end
  local s = Sessions.read(id, true)
  if not s then
    -- A pruned session has no name.
    return { org.seq, 'DAMAGED', id }
  end
  return { org.seq, 'OK', Waiting.reply(s) }
end
