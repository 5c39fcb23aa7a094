-- Sends a message to a live session.
--
-- ARGV    2 session  3 lane: urgent or normal  4 content  5 1 for a nudge, else 0  6 idempotency key or ''
--         7 part of the call  8 hash of the call's content  9 ... audit line (lib/audit.lua)
-- Result  id of the message, 1 for a repeat, else 0
-- Refuses UNKNOWN_SESSION, DAMAGED, INBOX_FULL, STORE_FULL, KEY_REUSED, WRONG_STATE (place, state)

-- Keeps what is answered, where the call has a key.
local keep
if ARGV[6] ~= '' then
  -- INSERT
  local plan = decide_replay(ARGV[6], ARGV[7], ARGV[8])
  if plan.refusal then
    return { org.seq, plan.refusal }
  elseif plan.answer then
    if not find(plan.answer, '^%d+%-%d+$') then
      damaged(plan.name)
    end
    return { org.seq, 'OK', plan.answer, 1 }
  end
  keep = function(message)
    keep_replay(plan, message)
  end
end

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
if over(s) or s.state == 'STOPPED' then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
end
if tonumber(s.unacked) >= MAX_UNACKED then
  return { org.seq, 'INBOX_FULL' }
end
if org.bytes + bytes_of_message(ARGV[4]) > MAX_BYTES then
  return { org.seq, 'STORE_FULL' }
end
check_post(s)
check_audit()
local w = s.place == 'CLAIMED' and read_worker(s.owner)

local id = post(s, w, ARGV[3], ARGV[4], ARGV[5] == '1')
write_session(s)
if w then
  write_worker(w)
end
if keep then
  keep(id)
end
audit()
commit()
return { org.seq, 'OK', id, 0 }
