-- The transfer of a claim.

-- Decides how a session becomes the worker's claim. Returns `NOTHING` if it is, `CLAIM` if the old worker has it, or
-- `LOST` if that one lost it, and a plan; nil if the worker may not have it.
local function decide(s, w, old_id, may_lose)
  if s.place == 'CLAIMED' and s.owner == w.id then
    return 'NOTHING'
  elseif may_lose and s.place == 'CLAIMED' and s.owner == old_id then
    Claims.check_slot(s, old_id)
    Claims.check_slot(s, w.id)
    return 'CLAIM'
  elseif may_lose and Sessions.waits(s) and Claims.lost_it(s, old_id, '0') then
    Claims.check_slot(s, w.id)
    return 'LOST', Places.decide_leave(s, 'claim')
  end
  return nil
end

-- Hands a claim over to another worker.
--
-- Arguments  2 session  3 old worker  4 new worker  5 credential of the caller or ''
--            6 1 if the caller may speak for the old worker, else 0
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, UNKNOWN_WORKER (its id), WRONG_STATE (place, state), NOT_OWNER (owner or '')
function Functions.transfer(args)
  local session, old_id, new_id, credential, speaks_for_old = unpack(args, 2, 6)
  local s, refusal = Sessions.read(session, true)
  if not s then
    return { org.seq, refusal }
  end
  local w, old = Workers.known(new_id, credential), Workers.read(old_id)
  if not w then
    return { org.seq, 'UNKNOWN_WORKER', new_id }
  elseif old and not Workers.may_act_for(old, credential) then
    return Claims.not_owner(s)
  elseif Sessions.in_grace(s) or Sessions.over(s) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local may_lose = not old or speaks_for_old == '1' or old.retired == '1' or old.silent == '1'
  local fields = Sessions.fields_of(s)
  local how, plan = decide(s, w, old_id, may_lose)
  if not how then
    return Claims.not_owner(s)
  end

  Workers.sign_of_life(w)
  if how == 'LOST' then
    Claims.take(s, w, plan, true)
  elseif how == 'CLAIM' then
    Claims.hand_over(s, old, w)
  end
  if how ~= 'NOTHING' then
    Timelines.event(s, 'TRANSFERRED', w.id, old_id)
  end
  Claims.commit(s, w, how ~= 'NOTHING')
  return { org.seq, 'OK', Sessions.reply(s, fields, 0) }
end
