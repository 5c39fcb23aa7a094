-- Issues, and how work starts and stops waiting. Of the contenders of an issue only the best is in a bucket, and only
-- while no session of the issue is claimed.
--
--   {org}:i:<issue> 29 <project>  the lock of an issue of a project, a sorted set: entries of the contenders, score 0,
--                           and of the claimed session, score -1; so the first member decides. 29 is that byte
--   {org}:i:<issue>         the same for all projects at once, in layout 7. Once the org has a newer layout none is made,
--                           and sweeps split those with parked work, from their ends. It alone holds until it is empty
--   {org}:parked:<project>  sorted set, all scores 0: entries of parked sessions
--   {org}:later:<project>   sorted set: session -> its time
--
--   {org}:org, field looked  <project> US <entry>: how far the sweeps have looked at parked work in this round
--
-- Entries are those of project.lua. Most sessions are alone in an issue with their own id. Such an issue is stored
-- only once another session joins it, so a session that joins an issue looks for a session with that id too.
--
-- Each change is decided first, which may refuse, and then applied.

-- Returns the key of the lock of an issue, its entries up to the rank `last`, with scores, and true if it is to be split.
-- `run`: redis.call or redis.pcall.
local function lock_of(run, issue, project, last)
  local key = AREA .. 'i:' .. issue
  local list = run('ZRANGE', key, '0', last, 'WITHSCORES')
  if list[1] or org.layout - 7 <= 0 then
    return key, list, org.layout - 7 > 0
  end
  key = key .. '\29' .. project
  return key, run('ZRANGE', key, '0', last, 'WITHSCORES'), false
end

local function entry_of(s)
  return s.score .. '\31' .. s.id
end

local function kind_of(s)
  return s.return_until ~= '0' and 'returned' or 'ready'
end

-- Returns the key and the member of a session among the lanes of its set.
local function lane_of(kind, s)
  return AREA .. 'lanes:' .. kind .. ':' .. s.set, sub(s.repository, 2) .. '/\31' .. s.project .. '\31' .. entry_of(s)
end

local function check_bucket(kind, s)
  if s.repository ~= '' then
    expect('zset', (lane_of(kind, s)))
  end
  expect('zset', AREA .. kind .. ':' .. s.set .. ':' .. s.project)
  expect('zset', AREA .. 'heads:' .. kind .. ':' .. s.set)
  project_of(s.project)
end

-- Updates the head of a bucket of an open queue, unless it comes before `added`, an entry that was added.
local function rehead(p, kind, set_id, added)
  if p.open then
    local bucket = kind .. ':' .. set_id .. ':' .. p.name
    local head = head_of(bucket)
    if not (added and head and entry_before(head, added)) then
      local first = call('ZRANGE', AREA .. bucket, 0, 0)[1]
      bucket_refresh(bucket, AREA .. 'heads:' .. kind .. ':' .. set_id, head,
        first and first .. '\31' .. p.name or false)
    end
  end
end

-- Removes a contender from its bucket, or from the parked ones.
local function take_out(s)
  local p = project_of(s.project)
  if s.place == 'PARKED' then
    call('ZREM', AREA .. 'parked:' .. s.project, entry_of(s))
  else
    local kind = string.lower(s.place)
    call('ZREM', AREA .. kind .. ':' .. s.set .. ':' .. s.project, entry_of(s))
    if s.repository ~= '' then
      call('ZREM', lane_of(kind, s))
    end
    rehead(p, kind, s.set)
  end
  count(p, s.place, -1)
end

-- Adds a contender to its bucket, or to the parked ones.
local function put_in(s, parked)
  local p = project_of(s.project)
  if parked then
    s.place = 'PARKED'
    call('ZADD', AREA .. 'parked:' .. s.project, '0', entry_of(s))
  else
    local kind = kind_of(s)
    s.place = string.upper(kind)
    call('ZADD', AREA .. kind .. ':' .. s.set .. ':' .. s.project, '0', entry_of(s))
    if s.repository ~= '' then
      local key, member = lane_of(kind, s)
      call('ZADD', key, '0', member)
    end
    rehead(p, kind, s.set, entry_of(s))
    p.hint = true
  end
  count(p, s.place, 1)
end

-- Adds the other sessions of the issue to a plan. `list`: its best two, with scores.
local function decide_shared(s, plan, id, list)
  local what, entry = plan.what, plan.entry
  local at = list[1] == plan.own and 3 or 1
  local best, claimed, other = list[at], list[at + 1] == '-1', nil
  if what == 'enter' and id ~= s.id and not best then
    local host = read_session(id)
    if host and host.issue == '' and host.place ~= 'LATER' and not over(host)
      and (host.project == s.project or org.layout - 7 <= 0) then
      plan.host = host
      best, claimed, other = entry_of(host), host.place == 'CLAIMED', host
    end
  end
  if not best then
    if s.issue == '' then
      plan.key = nil
    end
    return plan
  end
  if claimed then
    plan.parked = true
    return plan
  end
  plan.parked = what == 'enter' and entry_before(best, entry)
  -- True if the best of the others belongs in its bucket.
  local up = what == 'leave' or plan.parked
  other = other or read_session(sub(best, 18))
  if other and (up and other.place == 'PARKED'
      or not up and (other.place == 'READY' or other.place == 'RETURNED')) then
    check_bucket(kind_of(other), other)
    expect('zset', AREA .. 'parked:' .. other.project)
    plan.other, plan.up = other, up
  end
  return plan
end

-- Decides about the issue of a session that contends by `entry` ('enter'), becomes claimed ('claim') or does neither
-- ('leave'). The plan's `parked` is true for a contender to be parked.
local function decide_issue(s, what, entry)
  local plan = { what = what, own = entry_of(s), entry = entry }
  local id = s.issue == '' and s.id or s.issue
  if s.issue == '' and what ~= 'enter' then
    return plan
  end
  local list, shared
  plan.key, list, shared = lock_of(call, id, s.project, '1')
  if shared then
    plan.moved = plan.key .. '\29' .. s.project
    expect('zset', plan.moved)
  end
  if list[1] or id ~= s.id then
    -- INSERT
    return decide_shared(s, plan, id, list)
  end
  if s.issue == '' then
    plan.key = nil
  end
  return plan
end

-- Moves the other session of a plan.
local function apply_others(plan)
  local other, host = plan.other, plan.host
  if other then
    take_out(other)
    put_in(other, not plan.up)
  end
  write_session(other or host)
end

-- Applies the plan while the session is in no bucket and not parked.
local function apply_issue(s, plan)
  local host = plan.host
  if host then
    host.issue = host.id
    call('ZADD', plan.key, host.place == 'CLAIMED' and '-1' or '0', entry_of(host))
  end
  if plan.key then
    if s.issue == '' then
      s.issue = s.id
    end
    if plan.moved then
      call('ZREM', plan.moved, plan.own)
    end
    if plan.what == 'leave' or plan.entry and plan.entry ~= plan.own then
      call('ZREM', plan.key, plan.own)
    end
    if plan.what == 'enter' then
      call('ZADD', plan.key, '0', plan.entry)
    elseif plan.what == 'claim' then
      call('ZADD', plan.key, '-1', plan.own)
    end
  end
  if plan.other or host then
    -- INSERT
    apply_others(plan)
  end
end

local function check_waiting(s)
  if s.deadline ~= '0' or s.place == 'LATER' then
    expect('zset', AREA .. 'due')
  end
  if s.return_until ~= '0' then
    check_returns(nackers_of(s))
  end
end

-- Decides that a session starts to contend, or gets another score. `kind`: the kind of its bucket then.
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

-- Applies the plan; the session is in no place before.
local function enter(s, plan)
  apply_issue(s, plan)
  put_in(s, plan.parked)
end

-- Decides that a session stops waiting: 'claim' or 'leave', as in decide_issue.
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
    end_returns(s)
  end
end

-- Decides that a session that is in no place waits, until its time if that is to come.
local function decide_wait(s)
  if s.not_before + 0 <= now then
    return decide_enter(s, 'ready')
  end
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'later:' .. s.project)
  project_of(s.project)
  return { later = true }
end

local function begin_wait(s, plan)
  if plan.later then
    s.place = 'LATER'
    call('ZADD', AREA .. 'later:' .. s.project, s.not_before, s.id)
    -- INSERT
    schedule(s.not_before, '1', s.id)
    count(project_of(s.project), 'LATER', 1)
  else
    enter(s, plan)
  end
  if s.deadline ~= '0' then
    -- INSERT
    schedule(s.deadline, '2', s.id)
  end
end

-- The most entries of locks of layout 7 that a step splits, but for the rest of the last lock.
local MAX_SPLIT = 1000

-- The number of entries that this step has split.
local split = 0

-- Moves the last entries of a lock of layout 7 to locks of their projects. It holds for all of them until it is empty.
-- False, and nothing changes, while one of their sessions is damaged.
local function split_lock(issue)
  local shared = AREA .. 'i:' .. issue
  local list, keys, members = call('ZRANGE', shared, -MAX_SPLIT, -1, 'WITHSCORES'), {}, {}
  split = split + #list / 2
  for i = 1, #list, 2 do
    local s = read_session(sub(list[i], 18))
    if not s then
      return false
    end
    keys[i], members[#members + 1] = shared .. '\29' .. s.project, list[i]
    expect('zset', keys[i])
  end
  for i = 1, #list, 2 do
    call('ZADD', keys[i], list[i + 1], list[i])
  end
  call('ZREM', shared, unpack(members))
  return true
end

-- Lets a parked session go that is the best of its issue while none is claimed. True if it changed anything,
-- 'AGAIN' if its lock is split in part. `unsplit`: issues whose lock can't be split now.
local function unpark(id, unsplit)
  local s = read_session(id)
  if not s or s.place ~= 'PARKED' then
    return false
  end
  local _, list, shared = lock_of(call, s.issue, s.project, '0')
  if shared then
    if unsplit[s.issue] or not split_lock(s.issue) then
      unsplit[s.issue] = true
      return false
    end
    local _, rest, unfinished = lock_of(call, s.issue, s.project, '0')
    if unfinished then
      return 'AGAIN'
    end
    list = rest
  end
  if list[1] ~= entry_of(s) or list[2] ~= '0' then
    return shared
  end
  check_bucket(kind_of(s), s)
  take_out(s)
  put_in(s, false)
  write_session(s)
  return true
end

-- Looks at parked work, from where the last look ended. Returns the number of sessions and projects that were looked at,
-- and how many changed.
local function look_at_parked(most)
  local looked, freed, before, unsplit = 0, 0, org_field('looked'), {}
  local project, entry = match(before or '\31', '^([^\31]*)\31(.*)$')
  while looked < most and split < MAX_SPLIT and org.parked ~= '0' do
    local found = project ~= '' and call('ZRANGEBYLEX', AREA .. 'parked:' .. project,
      entry == '' and '-' or '(' .. entry, '+', 'LIMIT', '0', '1')[1]
    if found then
      local changed_it
      if passes(function() changed_it = unpark(sub(found, 18), unsplit) end) and changed_it then
        freed = freed + 1
      end
      entry = changed_it == 'AGAIN' and entry or found
    else
      project, entry = call('ZRANGEBYLEX', AREA .. 'queues', project == '' and '-' or '(' .. project, '+', 'LIMIT',
        '0', '1')[1] or '', ''
      if project == '' then
        break
      end
    end
    looked = looked + 1
  end
  if project ~= '' and org.parked ~= '0' then
    local n = #changed
    changed[n + 1], changed[n + 2] = 'looked', project .. '\31' .. entry
  elseif before then
    call('HDEL', ORG, 'looked')
  end
  return looked, freed
end
