-- Waiting: what comes into a waiting place and leaves it. Each is decided first, which may raise,
-- and then applied.
--
--   {org}:later:<project>   sorted set, session -> its time
--   {org}:returns:<worker>  sorted set, waiting session that it nacked -> when its back-off is over

local function check_waiting(s)
  if s.deadline ~= '0' or s.return_until ~= '0' or s.place == 'LATER' then
    expect('zset', AREA .. 'due')
  end
  if s.return_until ~= '0' then
    expect('zset', AREA .. 'returns:' .. s.nacked_by)
  end
end

-- Decides that a session begins to contend, or goes on with another score. `kind`: of the bucket
-- that it would stand in.
local function decide_enter(s, kind, entry)
  check_bucket(kind, s)
  if s.deadline ~= '0' then
    expect('zset', AREA .. 'due')
  end
  local plan = decide_issue(s, 'enter', entry or entry_of(s))
  if plan.parked then
    expect('zset', AREA .. 'parked:' .. s.project)
  end
  return plan
end

-- Applies it; it stands nowhere now.
local function enter(s, plan)
  apply_issue(s, plan)
  put_in(s, plan.parked)
end

-- Decides that waiting work is no longer that: 'claim' or 'leave', as in lib/issue.lua.
local function decide_leave(s, what)
  check_waiting(s)
  if s.place == 'LATER' then
    project_of(s.project)
    expect('zset', AREA .. 'later:' .. s.project)
    return { what = what }
  elseif s.place == 'PARKED' then
    project_of(s.project)
    expect('zset', AREA .. 'parked:' .. s.project)
  else
    check_bucket(string.lower(s.place), s)
  end
  return decide_issue(s, what)
end

local function leave(s, plan)
  if s.place == 'LATER' then
    call('ZREM', AREA .. 'later:' .. s.project, s.id)
    call('ZREM', AREA .. 'due', '1\31' .. s.id)
    count(project_of(s.project), 'LATER', -1)
  else
    take_out(s)
    apply_issue(s, plan)
  end
  if s.deadline ~= '0' then
    call('ZREM', AREA .. 'due', '2\31' .. s.id)
  end
  if s.return_until ~= '0' then
    call('ZREM', AREA .. 'due', '3\31' .. s.id)
    call('ZREM', AREA .. 'returns:' .. s.nacked_by, s.id)
  end
end
