-- Gives a claimed session back for its worker.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 reason or ''  7 reason as JSON
--         8 1 if it was denied for good, else 0
-- Result  1 if given back now, 0 if before
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state), NOT_OWNER (owner or '')
function Functions.nack(args)
  local s, refusal = Sessions.read(args[2])
  if not s then
    return { org.seq, refusal }
  end
  local as, w, may = Claims.relation(s, args[3], args[4], args[5])
  if as == 'LAST' or as == 'OWNER' and s.state ~= 'CLAIMED' then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  elseif as ~= 'OWNER' then
    if may and Sessions.waits(s) and s.nacked_by == args[3] then
      return { org.seq, 'OK', 0 }
    end
    return Claims.not_owner(s)
  end
  local plan = Endings.decide_return(s, 'nacked', args[8] == '1')
  Step.expect('hash', AREA .. 'f:' .. s.id)

  if w then
    Workers.sign_of_life(w)
  end
  s.last_sign = NOW
  Sessions.settle_accept(s)
  if w then
    Workers.note_nack(w, s.claimed, args[8] == '1')
  end
  Timelines.event(s, 'NACKED', args[3], args[6])
  if args[6] ~= '' then
    call('HSET', AREA .. 'f:' .. s.id, 'error', args[7])
    s.has_fields = '1'
  end
  Endings.give_back(s, w, plan)
  Sessions.write(s)
  if w then
    Workers.write(w)
  end
  Step.commit()
  return { org.seq, 'OK', 1 }
end
