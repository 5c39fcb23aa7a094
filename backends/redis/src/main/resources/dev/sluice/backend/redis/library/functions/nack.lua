-- Gives a claimed session back for its worker.
--
-- Arguments  2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 reason or ''  7 reason as JSON
--            8 1 if it was denied for good, else 0
-- Result  1 if given back now, 0 if before
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state), NOT_OWNER (owner or ''), NOT_REPLACED
function Functions.nack(args)
  local session, worker, credential, token, reason, json = unpack(args, 2, 7)
  local denied = args[8] == '1'
  local s, refusal = Sessions.read(session)
  if not s then
    return { org.seq, refusal }
  end
  local as, w, may = Claims.relation(s, worker, credential, token)
  if w and w.id ~= worker then
    return Claims.not_owner(s)
  end
  if as == 'LAST' or as == 'OWNER' and s.state ~= 'CLAIMED' then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  elseif may and Sessions.waits(s) and s.nacked_by == worker then
    return { org.seq, 'OK', 0 }
  elseif as ~= 'OWNER' then
    return Claims.not_owner(s)
  end
  local plan = Endings.decide_return(s, 'nacked', denied)
  Step.expect('hash', AREA .. 'f:' .. s.id)

  s.last_sign = NOW
  Sessions.settle_accept(s)
  if w then
    Workers.sign_of_life(w)
    Workers.note_nack(w, s.claimed, denied)
  end
  Timelines.event(s, 'NACKED', worker, reason)
  if reason ~= '' then
    call('HSET', AREA .. 'f:' .. s.id, 'error', json)
    s.has_fields = '1'
  end
  Endings.give_back(s, w, plan)
  Claims.commit(s, w, true)
  return { org.seq, 'OK', 1 }
end
