-- Messages to sessions.

-- Returns the answer to a call with an idempotency key that came before, or nil.
local function answer_of(replay)
  if replay.refusal then
    return { org.seq, replay.refusal }
  elseif not replay.answer then
    return nil
  elseif not find(replay.answer, '^%d+%-%d+$') then
    Step.damaged(replay.name)
  end
  return { org.seq, 'OK', replay.answer, 1 }
end

-- Sends a message to a live session.
--
-- Arguments  2 session  3 lane: urgent or normal  4 content  5 1 for a nudge, else 0  6 idempotency key or ''
--            7 part of the call  8 hash of the call's content  9 ... audit line (rules/audit.lua)
-- Result  id of the message, 1 for a repeat, else 0
-- Refuses UNKNOWN_SESSION, DAMAGED, INBOX_FULL, STORE_FULL, KEY_REUSED, WRONG_STATE (place, state)
function Functions.send(args)
  local session, lane, content, nudge, key, part, body = unpack(args, 2, 8)
  local replay = key ~= '' and Replays.decide(key, part, body)
  local answer = replay and answer_of(replay)
  if answer then
    return answer
  end
  local s, refusal = Sessions.read(session)
  if not s then
    return { org.seq, refusal }
  elseif Sessions.over(s) or s.state == 'STOPPED' then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  elseif tonumber(s.unacked) >= Rules.MAX_UNACKED then
    return { org.seq, 'INBOX_FULL' }
  elseif org.bytes + Inbox.bytes_of(content) > Rules.MAX_BYTES then
    return { org.seq, 'STORE_FULL' }
  end
  Inbox.check(s)
  Audit.check(args)
  local w = s.place == 'CLAIMED' and Workers.read(s.owner)

  local id = Inbox.post(s, w, lane, content, nudge == '1')
  Events.of_message('SENT', s, '', id)
  if replay then
    Replays.keep(replay, id)
  end
  Audit.write(args)
  Claims.commit(s, w, true)
  return { org.seq, 'OK', id, 0 }
end
