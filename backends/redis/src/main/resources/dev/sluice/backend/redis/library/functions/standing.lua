-- Finds a session and the reason why it waits.
--
-- Arguments  2 session
-- Result  session; session of its issue that goes first or '', 1 if that one is claimed, else 0; queue
-- Refuses UNKNOWN_SESSION, DAMAGED
function Functions.standing(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  local first, claimed = Waiting.first_of_issue(s)
  return { org.seq, 'OK', Waiting.reply(s), first, claimed, Queues.reply(Queues.of(s.project)) }
end
