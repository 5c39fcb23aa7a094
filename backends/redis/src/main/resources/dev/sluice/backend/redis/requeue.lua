-- Puts a session back into the queue by hand.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 where it may be: places, each between blanks; and the audit line
--         (lib/audit.lua)
-- Result  seq, 'OK', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION', 'QUEUE_FULL', 'TOO_MANY_PROJECTS', 'TOO_MANY_CAPABILITY_SETS'
--      or 'DAMAGED'; or seq, 'WRONG_STATE', place, state
--
-- USES org audit worker workers session sessions event_line event order bucket project project_room issue queue slots refs sets ending returning position reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
if not find(ARGV[3], ' ' .. s.place .. ' ', 1, true) or waits(s) or in_grace(s) then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
end
local was = string.lower(s.place)
check_audit()
local function forget_deadline()
  if s.deadline ~= '0' and s.deadline + 0 <= now then
    s.deadline = '0'
  end
end

if s.place == 'CLAIMED' then
  local w = read_worker(s.owner)
  forget_deadline()
  local fields = fields_of(s)
  local plan = decide_return(s, 'left')

  event(s, 'REQUEUED', s.owner)
  give_back(s, w, plan)
  write_session(s)
  if w then
    write_worker(w)
  end
  audit(was)
  commit()
  return { org.seq, 'OK', session_reply(s, fields, position_of(s)) }
end

if s.place == 'ENDED' and call('EXISTS', AREA .. 'p:' .. s.id) == 0 then
  -- What it required went with its item.
  return { org.seq, 'DAMAGED' }
end
if MAX_WAITING > 0 and org.ready + org.parked + org.later + org.returned >= MAX_WAITING then
  return { org.seq, 'QUEUE_FULL' }
end
if is_one_too_many(project_of(s.project)) then
  return { org.seq, 'TOO_MANY_PROJECTS' }
end
local set
if s.place == 'ENDED' then
  set = decide_set(match(s.content, '^[^\31\n]*\31[^\31\n]*\31([^\n]*)\n') or damaged(AREA .. 'p:' .. s.id),
    s.project)
  if not set then
    return { org.seq, 'TOO_MANY_CAPABILITY_SETS' }
  end
  s.set = set.id
end
local from = string.lower(s.place)
expect('zset', AREA .. from)
if not set then
  expect('zset', AREA .. 'dead:' .. s.project)
end
forget_deadline()
local later = s.not_before + 0 > now
local plan
if later then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'later:' .. s.project)
  project_of(s.project)
else
  plan = decide_enter(s, 'ready')
end

event(s, 'REQUEUED')
call('ZREM', AREA .. from, s.id)
if set then
  use_set(set)
else
  call('ZREM', AREA .. 'dead:' .. s.project, s.id)
  count(project_of(s.project), 'DEAD', -1)
end
s.state, s.owner, s.dead, s.updated = 'PENDING', '', '', NOW
s.attempts, s.nacks, s.started, s.claimed, s.last_sign, s.ended, s.cost = '0', '0', '0', '0', '0', '0', '0'
s.stop_told, s.tools, s.attempt = '0', '', ''
if s.has_fields == '1' then
  call('UNLINK', AREA .. 'f:' .. s.id)
  s.has_fields = '0'
end
if later then
  s.place = 'LATER'
  call('ZADD', AREA .. 'later:' .. s.project, s.not_before, s.id)
  schedule(s.not_before, '1', s.id)
  count(project_of(s.project), 'LATER', 1)
else
  enter(s, plan)
end
if s.deadline ~= '0' then
  schedule(s.deadline, '2', s.id)
end
write_session(s)
audit(was)
commit()
return { org.seq, 'OK', session_reply(s, {}, position_of(s)) }
