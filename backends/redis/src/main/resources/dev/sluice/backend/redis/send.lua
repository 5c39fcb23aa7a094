-- Sends a message to a live session.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 lane: urgent or normal  4 content  5 1 for a nudge, else 0
--         6 key of the call or ''  7 part of the call  8 hash of the call's content
--         and the audit line (lib/audit.lua)
-- Result  seq, 'OK', id of the message, 1 if the call is a repeat, else 0
--      or seq, 'UNKNOWN_SESSION', 'DAMAGED', 'INBOX_FULL', 'STORE_FULL' or 'KEY_REUSED';
--      or seq, 'WRONG_STATE', place, state
--
-- USES org audit worker workers session sessions inbox post

-- Keeps what is answered, where the call has a key.
local keep
if ARGV[6] ~= '' then
  -- INSERT replay
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
