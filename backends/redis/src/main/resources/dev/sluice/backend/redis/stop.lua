-- Stops a session: waiting work ends, a claimed session is told to and keeps its slot for the grace,
-- a dead letter is discarded.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 content of the stop message  4 where it may be: places, each
--         between blanks; and the audit line (lib/audit.lua)
-- Result  seq, 'OK', id of its stop message or '', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'WRONG_STATE', place, state
--
-- USES org audit session sessions event_line event reply

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
  -- INSERT order bucket project issue queue slots refs ending
  local plan = decide_end(s, 'ended')

  s.state, s.ended = 'STOPPED', NOW
  event(s, 'ENDED', '', s.state)
  end_session(s, nil, plan, 'ENDED')
  write_session(s)
elseif s.place == 'DEAD' then
  -- INSERT bucket project refs
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
  -- INSERT worker workers slots inbox post
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
