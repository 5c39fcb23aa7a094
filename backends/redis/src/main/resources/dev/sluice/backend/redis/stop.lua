-- Stops a session: waiting work ends, a claimed session is told to and keeps its slot for the grace.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 content of the stop message
-- Result  seq, 'OK', id of its stop message or '', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org bucket session order queue worker workers ending reply inbox

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local rest = read_rest(s)
if not rest then
  return { org.seq, 'DAMAGED' }
end
if waits(s) then
  local take = decide_end(s)
  s.state, s.ended, s.updated = 'STOPPED', NOW, NOW
  apply_end(s, nil, take)
  write_session(s)
  commit()
elseif s.place == 'CLAIMED' and s.state ~= 'STOPPED' then
  local w = read_worker(s.owner)
  check_slot(s, s.owner)
  check_post(s)
  expect('zset', AREA .. 'graces')

  s.accept_by = '0'
  s.state, s.ended, s.updated = 'STOPPED', NOW, NOW
  s.release_by = now + STOP_GRACE_MS
  call('ZADD', AREA .. 'graces', s.release_by, s.id)
  s.stop = post(s, w, 'urgent', ARGV[3])
  write_session(s)
  if w then
    write_worker(w)
  end
  commit()
end
return { org.seq, 'OK', s.stop, session_reply(s, rest, 0) }
