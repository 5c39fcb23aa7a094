-- The end of a claim: its session ends, or returns to the queue with its original score.
--
--   {org}:ended, {org}:dead  sorted sets: session -> when it ended; {org}:dead:<project>: those of a project
--
-- Each end is decided first, which may refuse, and then applied. `w` is nil if the worker's record is gone.
--
-- Most sessions are alone in their issue, so the functions of an issue are inserted where they are needed.

-- Decides that a waiting or claimed session ends. `kept`: 'ended' or 'dead'.
function Endings.decide(s, kept)
  Step.expect('zset', AREA .. kept)
  if kept == 'dead' then
    Step.expect('zset', AREA .. 'dead:' .. s.project)
  end
  if not refs[s.set] then
    Step.read_ahead({ 'q:' .. s.project, 'sets:' .. s.project, 'sets', 'refs:' .. s.set })
  end
  Sets.refs_of(s.set, s.project)
  if s.unacked ~= '0' then
    for _, hash in ipairs({ 'messages:' .. s.id, 'archive:' .. s.id, 'texts', 'archived' }) do
      Step.expect('hash', AREA .. hash)
    end
    for _, set in ipairs({ 'archives', 'lane:urgent', 'lane:normal', 'offered:' .. s.id, 'urgent:' .. s.id,
      'normal:' .. s.id }) do
      Step.expect('zset', AREA .. set)
    end
  end
  if s.place ~= 'CLAIMED' then
    return Places.decide_leave(s, 'leave')
  end
  Claims.check_slot(s, s.owner)
  Queues.of(s.project)
  if s.issue ~= '' then
    return Issues.decide(s, 'leave')
  end
  return {}
end

-- Charges the cost of a session to its project, which has a budget.
function Endings.charge(p, cost)
  local day = Queues.today()
  if p.day ~= day then
    p.day, p.spent = day, 0
  end
  p.spent = math.min(p.spent + cost, 9e15)
end

-- Lists a session that is over.
function Endings.list(s)
  if s.place == 'DEAD' then
    call('ZADD', AREA .. 'dead', s.ended, s.id)
    call('ZADD', AREA .. 'dead:' .. s.project, s.ended, s.id)
    Queues.count(Queues.of(s.project), 'DEAD', 1)
  else
    call('ZADD', AREA .. 'ended', s.ended, s.id)
  end
end

-- Applies the end. The caller sets state, owner and times.
function Endings.finish(s, w, plan, place)
  local p = Queues.of(s.project)
  if s.place == 'CLAIMED' then
    Claims.leave_slot(w, s)
    Queues.count(p, 'CLAIMED', -1)
    if s.issue ~= '' then
      Issues.apply(s, plan)
    end
    if p.budget then
      Endings.charge(p, s.cost)
    end
  else
    Places.leave(s, plan)
  end
  if s.state ~= 'STOPPED' then
    Figures.count_session(s.state == 'COMPLETED' and 'd' or 'f', 1, s, s.place == 'CLAIMED' and w)
  end
  s.place = place
  s.lost_by, s.nacked_by, s.nackers, s.updated = '', '', '', NOW
  if s.unacked ~= '0' then
    Inbox.leave(s)
  end
  s.unacked, s.told, s.stop = '0', '0', ''
  Endings.list(s)
  if place ~= 'DEAD' then
    Sets.change_refs(s.set, s.project, -1)
  end
end

-- Ends a stopped session that was claimed. `why`: detail of Event.Kind.RELEASED, or nil.
function Endings.release(s, w, plan, why)
  Timelines.event(s, 'RELEASED', s.owner, why)
  Endings.finish(s, w, plan, 'ENDED')
end

-- Decides to release a stopped session. Returns a function that applies it, given `why`.
function Endings.decide_release(s, w)
  local plan = Endings.decide(s, 'ended')
  return function(why) Endings.release(s, w, plan, why) end
end

-- Makes a session a dead letter.
function Endings.die(s, w, plan, reason)
  Timelines.event(s, 'DEAD', s.owner, reason)
  s.state, s.dead, s.ended = 'FAILED', reason, NOW
  local list = Nackers.of(s)
  for _, nacker in ipairs(list) do
    nacker[3] = '0'
  end
  Endings.finish(s, w, plan, 'DEAD')
  s.owner = ''
  Nackers.write(s, list)
end

-- Ends a session whose item is missing; `w` is its worker if it is claimed. False if its records are damaged.
function Endings.give_up(session, w)
  return Step.passes(function()
    local s = Sessions.read(session)
    if not s then
      return false
    end
    Endings.die(s, w, Endings.decide(s, 'dead'), 'ITEM_MISSING')
    Sessions.write(s)
  end)
end

-- Decides that a claim returns: `way` is 'lost', 'nacked', 'left' or the remedy of a failed run, 'now', 'later' or
-- 'elsewhere'. The plan's `dead` is the reason if the session dies instead. `denied`: its worker says that it can run
-- nowhere; it dies if another one said so, or claims were lost.
function Endings.decide_return(s, way, denied)
  local tried, nacked = way == 'now' or way == 'later', way == 'nacked' or way == 'elsewhere'
  local attempts = s.attempts + ((way == 'lost' or tried) and 1 or 0)
  local nacks = s.nacks + (nacked and 1 or 0)
  local list = tried and {} or Nackers.of(s)
  if nacked then
    Nackers.add(list, s.owner, denied)
  end
  local confirmed = denied and (s.attempts - Rules.ATTEMPTS_TO_DENY >= 0 or Nackers.denied_by_other(list, s.owner))
  local dead = confirmed and 'DENIED' or attempts >= Rules.MAX_ATTEMPTS and 'MAX_ATTEMPTS' or (way == 'elsewhere' and nacks or #list) >= Rules.MAX_NACKS and 'MAX_NACKS'
    or s.deadline ~= '0' and s.deadline + 0 <= now and 'DEADLINE' or nil
  Claims.check_slot(s, s.owner)
  local plan
  if dead then
    plan = Endings.decide(s, 'dead')
  elseif way == 'later' then
    s.not_before = format('%d', now + Nackers.back_off_ms(attempts))
    plan = Places.decide_wait(s)
    plan.freed = s.issue ~= '' and Issues.decide(s, 'leave')
  else
    local kept = Nackers.end_back_offs(list)
    plan = Places.decide_enter(s, kept and 'returned' or 'ready')
    if kept then
      Nackers.check_returns(list)
    end
  end
  plan.dead, plan.way, plan.nackers = dead, way, list
  plan.attempts, plan.nacks = format('%d', attempts), format('%d', nacks)
  return plan
end

-- Decides that a report ends a claim. `failure`: of a failed run, or false. `reattach`: from Claims.decide_reattach, or
-- nil. Returns a function that applies it.
function Endings.decide_end(s, w, failure, reattach)
  local plan = Endings.decide(s, 'ended')
  return function()
    Timelines.event(s, 'ENDED', s.owner, s.state .. (failure and ': ' .. failure.cause or ''))
    -- A re-attachment has changed the place that the plan was for.
    Endings.finish(s, w, reattach and Endings.decide(s, 'ended') or plan, 'ENDED')
  end
end

-- Decides that a session returns whose run failed. Returns a function that applies it.
function Endings.decide_fail(s, w, failure, reattach)
  local plan = not reattach and Endings.decide_return(s, failure.remedy) or Endings.decide(s, 'ended')
  return function()
    Timelines.event(s, 'RETURNED', s.owner, failure.line)
    plan = reattach and Endings.decide_return(s, failure.remedy) or plan
    local p = Queues.of(s.project)
    if p.budget and not plan.dead then
      Endings.charge(p, s.cost)
    end
    Endings.give_back(s, w, plan)
  end
end

-- Applies decide_return.
function Endings.give_back(s, w, plan)
  local owner, way = s.owner, plan.way
  s.attempts, s.nacks = plan.attempts, plan.nacks
  if plan.dead then
    Nackers.write(s, plan.nackers)
    Endings.die(s, w, plan, plan.dead)
    return
  end
  Claims.leave_slot(w, s)
  Queues.count(Queues.of(s.project), 'CLAIMED', -1)
  s.state, s.owner, s.updated = 'PENDING', '', NOW
  if way == 'lost' then
    s.lost_by = owner
  elseif way == 'nacked' or way == 'elsewhere' then
    s.nacked_by = owner
  end
  Nackers.begin_returns(s, plan.nackers)
  if plan.freed then
    Issues.apply(s, plan.freed)
  end
  Places.begin_wait(s, plan)
end
