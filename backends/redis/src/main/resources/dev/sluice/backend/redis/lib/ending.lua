-- The end of a claim: its session ends, or returns to the queue with its original score.
--
--   {org}:ended, {org}:dead  sorted sets: session -> when it ended; {org}:dead:<project>: those of a project
--
-- Each end is decided first, which may refuse, and then applied. `w` is nil if the worker's record is gone.
--
-- Most sessions are alone in their issue, so the functions of an issue are inserted where they are needed.

-- Decides that a waiting or claimed session ends. `kept`: 'ended' or 'dead'.
local function decide_end(s, kept)
  expect('zset', AREA .. kept)
  if kept == 'dead' then
    expect('zset', AREA .. 'dead:' .. s.project)
  end
  if not refs[s.set] then
    read_ahead({ 'q:' .. s.project, 'sets:' .. s.project, 'sets', 'refs:' .. s.set })
  end
  refs_of(s.set, s.project)
  if s.unacked ~= '0' then
    for _, hash in ipairs({ 'messages:' .. s.id, 'archive:' .. s.id, 'texts', 'archived' }) do
      expect('hash', AREA .. hash)
    end
    for _, set in ipairs({ 'archives', 'lane:urgent', 'lane:normal', 'offered:' .. s.id, 'urgent:' .. s.id,
      'normal:' .. s.id }) do
      expect('zset', AREA .. set)
    end
  end
  if s.place ~= 'CLAIMED' then
    -- INSERT
    return decide_leave(s, 'leave')
  end
  check_slot(s, s.owner)
  project_of(s.project)
  if s.issue ~= '' then
    -- INSERT
    return decide_issue(s, 'leave')
  end
  return {}
end

-- Charges the cost of a session to its project, which has a budget.
local function charge(p, cost)
  local day = today()
  if p.day ~= day then
    p.day, p.spent = day, 0
  end
  p.spent = math.min(p.spent + cost, 9e15)
end

-- Lists a session that is over.
local function list_end(s)
  if s.place == 'DEAD' then
    call('ZADD', AREA .. 'dead', s.ended, s.id)
    call('ZADD', AREA .. 'dead:' .. s.project, s.ended, s.id)
    count(project_of(s.project), 'DEAD', 1)
  else
    call('ZADD', AREA .. 'ended', s.ended, s.id)
  end
end

-- Applies the end. The caller sets state, owner and times.
local function end_session(s, w, plan, place)
  local p = project_of(s.project)
  if s.place == 'CLAIMED' then
    leave_slot(w, s)
    count(p, 'CLAIMED', -1)
    if s.issue ~= '' then
      -- INSERT
      apply_issue(s, plan)
    end
    if p.budget then
      -- INSERT
      charge(p, s.cost)
    end
  else
    -- INSERT
    leave(s, plan)
  end
  if s.state ~= 'STOPPED' then
    -- INSERT
    count_of(s.state == 'COMPLETED' and 'd' or 'f', 1, s, s.place == 'CLAIMED' and w)
  end
  s.place = place
  s.lost_by, s.nacked_by, s.nackers, s.updated = '', '', '', NOW
  if s.unacked ~= '0' then
    -- INSERT
    leave_inbox(s)
  end
  s.unacked, s.told, s.stop = '0', '0', ''
  list_end(s)
  if place ~= 'DEAD' then
    change_refs(s.set, s.project, -1)
  end
end

-- Ends a stopped session that was claimed. `why`: detail of Event.Kind.RELEASED, or nil.
local function release(s, w, plan, why)
  event(s, 'RELEASED', s.owner, why)
  end_session(s, w, plan, 'ENDED')
end

-- Decides to release a stopped session. Returns a function that applies it, given `why`.
local function decide_release(s, w)
  local plan = decide_end(s, 'ended')
  return function(why) release(s, w, plan, why) end
end

-- Makes a session a dead letter.
local function die(s, w, plan, reason)
  event(s, 'DEAD', s.owner, reason)
  s.state, s.dead, s.ended = 'FAILED', reason, NOW
  local list = nackers_of(s)
  for _, nacker in ipairs(list) do
    nacker[3] = '0'
  end
  end_session(s, w, plan, 'DEAD')
  s.owner = ''
  write_nackers(s, list)
end

-- Ends a session whose item is missing; `w` is its worker if it is claimed. False if its records are damaged.
local function give_up(session, w)
  return passes(function()
    local s = read_session(session)
    if not s then
      return false
    end
    die(s, w, decide_end(s, 'dead'), 'ITEM_MISSING')
    write_session(s)
  end)
end

-- Decides that a claim returns: `way` is 'lost', 'nacked' or 'left'. The plan's `dead` is the reason if the session
-- dies instead. `denied`: its worker says that it can run nowhere; it dies if another one said so, or claims were lost.
local function decide_return(s, way, denied)
  local attempts = s.attempts + (way == 'lost' and 1 or 0)
  local nacks = s.nacks + (way == 'nacked' and 1 or 0)
  local list = nackers_of(s)
  if way == 'nacked' then
    add_nack(list, s.owner, denied)
  end
  local confirmed = denied and (s.attempts - ATTEMPTS_TO_DENY >= 0 or denied_by_other(list, s.owner))
  local dead = confirmed and 'DENIED' or attempts >= MAX_ATTEMPTS and 'MAX_ATTEMPTS' or #list >= MAX_NACKS and 'MAX_NACKS'
    or s.deadline ~= '0' and s.deadline + 0 <= now and 'DEADLINE' or nil
  check_slot(s, s.owner)
  local plan
  if dead then
    plan = decide_end(s, 'dead')
  else
    local kept = end_back_offs(list)
    plan = decide_enter(s, kept and 'returned' or 'ready')
    if kept then
      check_returns(list)
    end
  end
  plan.dead, plan.way, plan.nackers = dead, way, list
  plan.attempts, plan.nacks = format('%d', attempts), format('%d', nacks)
  return plan
end

-- Applies it.
local function give_back(s, w, plan)
  local owner, way = s.owner, plan.way
  s.attempts, s.nacks = plan.attempts, plan.nacks
  if plan.dead then
    write_nackers(s, plan.nackers)
    die(s, w, plan, plan.dead)
    return
  end
  leave_slot(w, s)
  count(project_of(s.project), 'CLAIMED', -1)
  s.state, s.owner, s.updated = 'PENDING', '', NOW
  if way == 'lost' then
    s.lost_by = owner
  elseif way == 'nacked' then
    s.nacked_by = owner
  end
  begin_returns(s, plan.nackers)
  if s.deadline ~= '0' then
    schedule(s.deadline, '2', s.id)
  end
  enter(s, plan)
end
