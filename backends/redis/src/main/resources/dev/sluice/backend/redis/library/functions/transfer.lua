-- Hands a claim over to another worker.
--
-- ARGV    2 session  3 old worker  4 new worker  5 credential of the caller or ''
--         6 1 if the caller may speak for the old worker, else 0
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, UNKNOWN_WORKER (its id), WRONG_STATE (place, state), NOT_OWNER (owner or '')
function Functions.transfer(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  local w = Workers.known(args[4], args[5])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER', args[4] }
  end
  local old = Workers.read(args[3])
  if old and not Workers.may_act_for(old, args[5]) then
    return Claims.not_owner(s)
  end
  if Sessions.in_grace(s) or Sessions.over(s) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local may_lose = not old or args[6] == '1' or old.retired == '1' or old.silent == '1'
  local fields = Sessions.fields_of(s)
  local how, plan
  if s.place == 'CLAIMED' and s.owner == w.id then
    how = 'NOTHING'
  elseif not may_lose then
    return Claims.not_owner(s)
  elseif s.place == 'CLAIMED' and s.owner == args[3] then
    how = 'CLAIM'
    Claims.check_slot(s, s.owner)
    Claims.check_slot(s, w.id)
  elseif Sessions.waits(s) and Claims.lost_it(s, args[3], '0') then
    how = 'LOST'
    Claims.check_slot(s, w.id)
    plan = Places.decide_leave(s, 'claim')
  else
    return Claims.not_owner(s)
  end

  Workers.sign_of_life(w)
  if how == 'LOST' then
    Claims.take(s, w, plan, true)
  elseif how == 'CLAIM' then
    Claims.hand_over(s, old, w)
  end
  if how ~= 'NOTHING' then
    Timelines.event(s, 'TRANSFERRED', w.id, args[3])
    Sessions.write(s)
  end
  Workers.write(w)
  Step.commit()
  return { org.seq, 'OK', Sessions.reply(s, fields, 0) }
end
