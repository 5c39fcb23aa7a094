-- Sends a message to a live session.
--
-- ARGV    2 session  3 lane: urgent or normal  4 content  5 1 for a nudge, else 0  6 idempotency key or ''
--         7 part of the call  8 hash of the call's content  9 ... audit line (lib/audit.lua)
-- Result  id of the message, 1 for a repeat, else 0
-- Refuses UNKNOWN_SESSION, DAMAGED, INBOX_FULL, STORE_FULL, KEY_REUSED, WRONG_STATE (place, state)
function Functions.send(args)
  -- Keeps what is answered, where the call has a key.
  local keep
  if args[6] ~= '' then
    local plan = Replays.decide(args[6], args[7], args[8])
    if plan.refusal then
      return { org.seq, plan.refusal }
    elseif plan.answer then
      if not find(plan.answer, '^%d+%-%d+$') then
        Step.damaged(plan.name)
      end
      return { org.seq, 'OK', plan.answer, 1 }
    end
    keep = function(message)
      Replays.keep(plan, message)
    end
  end

  local s, refusal = Sessions.read(args[2])
  if not s then
    return { org.seq, refusal }
  end
  if Sessions.over(s) or s.state == 'STOPPED' then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  if tonumber(s.unacked) >= Rules.MAX_UNACKED then
    return { org.seq, 'INBOX_FULL' }
  end
  if org.bytes + Inbox.bytes_of(args[4]) > Rules.MAX_BYTES then
    return { org.seq, 'STORE_FULL' }
  end
  Inbox.check(s)
  Audit.check(args)
  local w = s.place == 'CLAIMED' and Workers.read(s.owner)

  local id = Inbox.post(s, w, args[3], args[4], args[5] == '1')
  Sessions.write(s)
  if w then
    Workers.write(w)
  end
  if keep then
    keep(id)
  end
  Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', id, 0 }
end
