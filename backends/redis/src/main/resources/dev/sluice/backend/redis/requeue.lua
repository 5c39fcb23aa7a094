-- Requeues a session for an operator.
--
-- ARGV    2 session  3 allowed places, each between blanks  4 ... audit line (lib/audit.lua)
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state), QUEUE_FULL, TOO_MANY_PROJECTS, TOO_MANY_CAPABILITY_SETS

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local was_claimed = s.place == 'CLAIMED'
if not find(ARGV[3], ' ' .. s.place .. ' ', 1, true) or waits(s) or in_grace(s) then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
end
local was = string.lower(s.place)
check_audit()
if s.deadline ~= '0' and s.deadline + 0 <= now then
  s.deadline = '0'
end
local plan, fields, w, set
if was_claimed then
  w, fields = read_worker(s.owner), fields_of(s)
  plan = decide_return(s, 'left')
else
  if s.place == 'ENDED' and call('EXISTS', AREA .. 'p:' .. s.id) == 0 then
    -- Its required capabilities were lost with its item.
    return { org.seq, 'DAMAGED' }
  elseif MAX_WAITING > 0 and org.ready + org.parked + org.later + org.returned >= MAX_WAITING then
    return { org.seq, 'QUEUE_FULL' }
  elseif is_one_too_many(project_of(s.project)) then
    return { org.seq, 'TOO_MANY_PROJECTS' }
  end
  expect('zset', AREA .. was)
  if s.place == 'ENDED' then
    local required = match(s.content, '^%d+\31[^\31\n]*\31[^\31\n]*\31([^\31\n]*)\31') or damaged(AREA .. 'p:' .. s.id)
    set = decide_set(required, s.project)
    if not set then
      return { org.seq, 'TOO_MANY_CAPABILITY_SETS' }
    end
    s.set = set.id
  else
    expect('zset', AREA .. 'dead:' .. s.project)
  end
  fields = {}
  plan = decide_wait(s)
end

event(s, 'REQUEUED', was_claimed and s.owner)
if was_claimed then
  give_back(s, w, plan)
else
  call('ZREM', AREA .. was, s.id)
  if set then
    use_set(set)
  else
    call('ZREM', AREA .. 'dead:' .. s.project, s.id)
    count(project_of(s.project), 'DEAD', -1)
  end
  s.state, s.owner, s.dead, s.updated = 'PENDING', '', '', NOW
  s.attempts, s.nacks, s.started, s.claimed, s.last_sign, s.ended, s.cost = '0', '0', '0', '0', '0', '0', '0'
  s.stop_told, s.tools, s.attempt, s.nackers = '0', '', '', ''
  if s.has_fields == '1' then
    call('UNLINK', AREA .. 'f:' .. s.id)
    s.has_fields = '0'
  end
  begin_wait(s, plan)
end
write_session(s)
if w then
  write_worker(w)
end
audit(was)
commit()
return { org.seq, 'OK', session_reply(s, fields, position_of(s)) }
