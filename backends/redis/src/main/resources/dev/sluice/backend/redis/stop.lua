-- Stops a session: ends waiting work, tells the worker of a claimed session, which keeps its slot for the grace, and
-- discards a dead letter.
--
-- ARGV    2 session  3 content of the stop message  4 allowed places, each between blanks  5 ... audit line
--         (lib/audit.lua)
-- Result  id of its stop message or '', session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state)

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
if not find(ARGV[4], ' ' .. s.place .. ' ', 1, true) then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
end
local was = string.lower(s.place)
local fields = fields_of(s)
check_audit()
if waits(s) then
  -- INSERT
  local plan = decide_end(s, 'ended')

  s.state, s.ended = 'STOPPED', NOW
  event(s, 'ENDED', '', s.state)
  end_session(s, nil, plan, 'ENDED')
  write_session(s)
elseif s.place == 'DEAD' then
  -- INSERT
  expect('zset', AREA .. 'dead')
  expect('zset', AREA .. 'dead:' .. s.project)
  expect('zset', AREA .. 'ended')
  refs_of(s.set, s.project)
  local p = project_of(s.project)

  event(s, 'DISCARDED')
  s.place, s.ended, s.updated = 'ENDED', NOW, NOW
  call('ZREM', AREA .. 'dead', s.id)
  call('ZREM', AREA .. 'dead:' .. s.project, s.id)
  call('ZADD', AREA .. 'ended', NOW, s.id)
  count(p, 'DEAD', -1)
  change_refs(s.set, s.project, -1)
  write_session(s)
elseif s.place == 'CLAIMED' and s.state ~= 'STOPPED' then
  -- INSERT
  local w = read_worker(s.owner)
  check_slot(s, s.owner)
  check_post(s)
  expect('zset', AREA .. 'graces')

  event(s, 'STOPPING', s.owner)
  settle_accept(s)
  s.state, s.ended, s.updated = 'STOPPED', NOW, NOW
  s.release_by = format('%d', now + STOP_GRACE_MS)
  call('ZADD', AREA .. 'graces', s.release_by, s.id)
  s.stop = post(s, w, 'urgent', ARGV[3], false)
  write_session(s)
  if w then
    write_worker(w)
  end
end
audit(was)
commit()
return { org.seq, 'OK', s.stop, session_reply(s, fields, 0) }
