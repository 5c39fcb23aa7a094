-- Records a sign of life of a session by its owner.
--
-- Arguments  2 session  3 worker  4 credential of the caller or ''  5 token or 0
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, NOT_OWNER (owner or ''), NOT_REPLACED
function Functions.touch(args)
  local session, worker, credential, token = unpack(args, 2, 5)
  local s, refusal = Sessions.read_row(session)
  if not s then
    return { org.seq, refusal }
  end
  local as, w = Claims.relation(s, worker, credential, token)
  if as == 'NONE' then
    return Claims.not_owner(s)
  end
  local fields = Sessions.fields_of(s)
  local reattach = Claims.decide_reattach(s, as, w)

  Claims.act(s, as, w, reattach)
  if as ~= 'LAST' and not Sessions.in_grace(s) then
    s.updated = NOW
  end
  Claims.commit(s, w, as ~= 'LAST')
  return { org.seq, 'OK', Sessions.reply(s, fields, 0) }
end
