function Places.check_waiting(s)
  if s.deadline ~= '0' or s.place == 'LATER' then
    Step.expect('zset', AREA .. 'due')
  end
  if s.return_until ~= '0' then
    Nackers.check_returns(Nackers.of(s))
  end
end

-- Decides that a session starts to contend, or gets another score. `kind`: the kind of its bucket then.
function Places.decide_enter(s, kind, entry)
  Buckets.check(kind, s)
  if s.deadline ~= '0' then
    Step.expect('zset', AREA .. 'due')
  end
  local plan = Issues.decide(s, 'enter', entry or Buckets.entry_of(s))
  if plan.parked then
    Step.expect('zset', AREA .. 'parked:' .. s.project)
  end
  return plan
end

-- Applies the plan; the session is in no place before.
function Places.enter(s, plan)
  Issues.apply(s, plan)
  Buckets.put_in(s, plan.parked)
end

-- Decides that a session stops waiting: 'claim' or 'leave', as in decide_issue.
function Places.decide_leave(s, what)
  Places.check_waiting(s)
  if s.place == 'LATER' then
    Queues.of(s.project)
    Step.expect('zset', AREA .. 'later:' .. s.project)
    return { what = what }
  elseif s.place == 'PARKED' then
    Queues.of(s.project)
    Step.expect('zset', AREA .. 'parked:' .. s.project)
  else
    Buckets.check(string.lower(s.place), s)
  end
  return Issues.decide(s, what)
end

function Places.leave(s, plan)
  if s.place == 'LATER' then
    call('ZREM', AREA .. 'later:' .. s.project, s.id)
    call('ZREM', AREA .. 'due', '1\31' .. s.id)
    Queues.count(Queues.of(s.project), 'LATER', -1)
  else
    Buckets.take_out(s)
    Issues.apply(s, plan)
  end
  if s.deadline ~= '0' then
    call('ZREM', AREA .. 'due', '2\31' .. s.id)
  end
  if s.return_until ~= '0' then
    Nackers.end_returns(s)
  end
end

-- Decides that a session that is in no place waits, until its time if that is to come.
function Places.decide_wait(s)
  if s.not_before + 0 <= now then
    return Places.decide_enter(s, 'ready')
  end
  Step.expect('zset', AREA .. 'due')
  Step.expect('zset', AREA .. 'later:' .. s.project)
  Queues.of(s.project)
  return { later = true }
end

function Places.begin_wait(s, plan)
  if plan.later then
    s.place = 'LATER'
    call('ZADD', AREA .. 'later:' .. s.project, s.not_before, s.id)
    Due.schedule(s.not_before, '1', s.id)
    Queues.count(Queues.of(s.project), 'LATER', 1)
  else
    Places.enter(s, plan)
  end
  if s.deadline ~= '0' then
    Due.schedule(s.deadline, '2', s.id)
  end
end
