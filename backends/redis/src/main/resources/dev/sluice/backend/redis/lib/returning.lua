-- Claims that return to the queue, with their original score.

-- Decides that a claim returns: `way` is 'lost', 'nacked' or 'left'. Answers a plan; its `dead` says
-- why the session dies instead, if it does.
local function decide_return(s, way)
  local attempts = s.attempts + (way == 'lost' and 1 or 0)
  local nacks = s.nacks + (way == 'nacked' and 1 or 0)
  local dead = attempts >= MAX_ATTEMPTS and 'MAX_ATTEMPTS' or nacks >= MAX_NACKS and 'MAX_NACKS'
    or s.deadline ~= '0' and s.deadline + 0 <= now and 'DEADLINE' or nil
  check_slot(s, s.owner)
  local plan
  if dead then
    plan = decide_end(s, 'dead')
  else
    plan = decide_enter(s, way == 'nacked' and 'returned' or 'ready')
    if way == 'nacked' then
      expect('zset', AREA .. 'due')
      expect('zset', AREA .. 'returns:' .. s.owner)
    end
  end
  plan.dead, plan.way = dead, way
  plan.attempts, plan.nacks = format('%d', attempts), format('%d', nacks)
  return plan
end

-- Applies it. `w` as in leave_slot.
local function give_back(s, w, plan)
  local owner, way = s.owner, plan.way
  s.attempts, s.nacks = plan.attempts, plan.nacks
  if plan.dead then
    die(s, w, plan, plan.dead)
    return
  end
  leave_slot(w, s)
  count(project_of(s.project), 'CLAIMED', -1)
  s.state, s.owner, s.updated = 'PENDING', '', NOW
  if way == 'lost' then
    s.lost_by = owner
  elseif way == 'nacked' then
    s.nacked_by, s.return_until = owner, format('%d', now + NACK_BACKOFF_MS)
    schedule(s.return_until, '3', s.id)
    call('ZADD', AREA .. 'returns:' .. owner, s.return_until, s.id)
  end
  if s.deadline ~= '0' then
    schedule(s.deadline, '2', s.id)
  end
  enter(s, plan)
end
