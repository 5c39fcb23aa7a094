-- Stops a session: waiting work ends, a claimed session is told to and keeps its slot for the grace.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 content of the stop message
-- Result  seq, 'OK', id of its stop message or '', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local fields = fields_of(s)
if waits(s) then
  -- INSERT order bucket queue count refs ending
  refs_of(s.set)
  local take = decide_leave_queue(s)

  leave_queue(s, take)
  s.state, s.ended, s.updated = 'STOPPED', NOW, NOW
  end_session(s)
  write_session(s)
  commit()
elseif s.place == 'CLAIMED' and s.state ~= 'STOPPED' then
  -- INSERT worker workers slots inbox
  local w = read_worker(s.owner)
  check_slot(s, s.owner)
  check_post(s)
  expect('zset', AREA .. 'graces')

  s.accept_by = '0'
  s.state, s.ended, s.updated = 'STOPPED', NOW, NOW
  s.release_by = format('%d', now + STOP_GRACE_MS)
  call('ZADD', AREA .. 'graces', s.release_by, s.id)
  s.stop = post(s, w, 'urgent', ARGV[3])
  write_session(s)
  if w then
    write_worker(w)
  end
  commit()
end
return { org.seq, 'OK', s.stop, session_reply(s, fields, 0) }
