-- Issues: of the contenders of an issue only the best is in a bucket, and only while no session of
-- the issue is claimed.
--
--   {org}:i:<issue>     sorted set: entries of its contenders with score 0, of its claimed session
--                       with score -1, so that the first member says what holds
--   {org}:parked:<project>  sorted set, all scores 0: entries of its parked sessions
--
-- An entry is that of lib/bucket.lua. Most sessions are alone in an issue that has their own id.
-- These stand in no such set until another session comes into it. So one that contends for an issue
-- that isn't its own id looks at the session of that id too.

local function entry_of(s)
  return s.score .. '\31' .. s.id
end

local function kind_of(s)
  return s.return_until ~= '0' and 'returned' or 'ready'
end

local function check_bucket(kind, s)
  expect('zset', AREA .. kind .. ':' .. s.set .. ':' .. s.project)
  expect('zset', AREA .. 'heads:' .. kind .. ':' .. s.set)
  project_of(s.project)
end

local function rehead(p, kind, set_id)
  if p.open then
    local bucket = kind .. ':' .. set_id .. ':' .. p.name
    local first = call('ZRANGE', AREA .. bucket, 0, 0)[1]
    bucket_refresh(bucket, AREA .. 'heads:' .. kind .. ':' .. set_id, head(bucket),
      first and first .. '\31' .. p.name or false)
  end
end

-- Takes a contender out of its bucket, or from among the parked.
local function take_out(s)
  local p = project_of(s.project)
  if s.place == 'PARKED' then
    call('ZREM', AREA .. 'parked:' .. s.project, entry_of(s))
  else
    local kind = string.lower(s.place)
    call('ZREM', AREA .. kind .. ':' .. s.set .. ':' .. s.project, entry_of(s))
    rehead(p, kind, s.set)
  end
  count(p, s.place, -1)
end

local function put_in(s, parked)
  local p = project_of(s.project)
  if parked then
    s.place = 'PARKED'
    call('ZADD', AREA .. 'parked:' .. s.project, '0', entry_of(s))
  else
    local kind = kind_of(s)
    s.place = string.upper(kind)
    call('ZADD', AREA .. kind .. ':' .. s.set .. ':' .. s.project, '0', entry_of(s))
    rehead(p, kind, s.set)
    p.hint = true
  end
  count(p, s.place, 1)
end

-- Decides what becomes of the issue when `s` contends (`what` is 'enter', `entry` its entry then),
-- becomes claimed ('claim'), or does neither ('leave'). Answers a plan; its `parked` says whether a
-- contender is to be parked.
local function decide_issue(s, what, entry)
  local plan = { what = what, own = entry_of(s), entry = entry }
  local id = s.issue == '' and s.id or s.issue
  if s.issue == '' and what ~= 'enter' then
    return plan
  end
  plan.key = AREA .. 'i:' .. id
  local list = call('ZRANGE', plan.key, 0, 1, 'WITHSCORES')
  local at = list[1] == plan.own and 3 or 1
  local best, claimed, other = list[at], list[at + 1] == '-1', nil
  if what == 'enter' and id ~= s.id and not best then
    local host = read_session(id)
    if host and host.issue == '' and host.place ~= 'LATER' and not over(host) then
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
  -- Whether the best of the others belongs into its bucket.
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

-- Applies it, while `s` is in no bucket and not among the parked.
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
    if plan.what == 'leave' or plan.entry and plan.entry ~= plan.own then
      call('ZREM', plan.key, plan.own)
    end
    if plan.what == 'enter' then
      call('ZADD', plan.key, '0', plan.entry)
    elseif plan.what == 'claim' then
      call('ZADD', plan.key, '-1', plan.own)
    end
  end
  local other = plan.other
  if other then
    take_out(other)
    put_in(other, not plan.up)
  end
  if other or host then
    write_session(other or host)
  end
end
