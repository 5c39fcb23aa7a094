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
function Issues.lock_of(run, issue, project, last)
  local key = AREA .. 'i:' .. issue
  local list = run('ZRANGE', key, '0', last, 'WITHSCORES')
  if list[1] or org.layout - 7 <= 0 then
    return key, list, org.layout - 7 > 0
  end
  key = key .. '\29' .. project
  return key, run('ZRANGE', key, '0', last, 'WITHSCORES'), false
end

-- Adds the other sessions of the issue to a plan. `list`: its best two, with scores.
function Issues.decide_shared(s, plan, id, list)
  local what, entry = plan.what, plan.entry
  local at = list[1] == plan.own and 3 or 1
  local best, claimed, other = list[at], list[at + 1] == '-1', nil
  if what == 'enter' and id ~= s.id and not best then
    local host = Sessions.read(id)
    if host and host.issue == '' and host.place ~= 'LATER' and not Sessions.over(host)
      and (host.project == s.project or org.layout - 7 <= 0) then
      plan.host = host
      best, claimed, other = Buckets.entry_of(host), host.place == 'CLAIMED', host
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
  plan.parked = what == 'enter' and Pages.entry_before(best, entry)
  -- True if the best of the others belongs in its bucket.
  local up = what == 'leave' or plan.parked
  other = other or Sessions.read(sub(best, 18))
  if other and (up and other.place == 'PARKED'
      or not up and (other.place == 'READY' or other.place == 'RETURNED')) then
    Buckets.check(Buckets.kind_of(other), other)
    Step.expect('zset', AREA .. 'parked:' .. other.project)
    plan.other, plan.up = other, up
  end
  return plan
end

-- Decides about the issue of a session that contends by `entry` ('enter'), becomes claimed ('claim') or does neither
-- ('leave'). The plan's `parked` is true for a contender to be parked.
function Issues.decide(s, what, entry)
  local plan = { what = what, own = Buckets.entry_of(s), entry = entry }
  local id = s.issue == '' and s.id or s.issue
  if s.issue == '' and what ~= 'enter' then
    return plan
  end
  local list, shared
  plan.key, list, shared = Issues.lock_of(call, id, s.project, '1')
  if shared then
    plan.moved = plan.key .. '\29' .. s.project
    Step.expect('zset', plan.moved)
  end
  if list[1] or id ~= s.id then
    return Issues.decide_shared(s, plan, id, list)
  end
  if s.issue == '' then
    plan.key = nil
  end
  return plan
end

-- Moves the other session of a plan.
function Issues.apply_others(plan)
  local other, host = plan.other, plan.host
  if other then
    Buckets.take_out(other)
    Buckets.put_in(other, not plan.up)
  end
  Sessions.write(other or host)
end

-- Applies the plan while the session is in no bucket and not parked.
function Issues.apply(s, plan)
  local host = plan.host
  if host then
    host.issue = host.id
    call('ZADD', plan.key, host.place == 'CLAIMED' and '-1' or '0', Buckets.entry_of(host))
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
    Issues.apply_others(plan)
  end
end

-- The most entries of locks of layout 7 that a step splits, but for the rest of the last lock.
local MAX_SPLIT = 1000

-- Moves the last entries of a lock of layout 7 to locks of their projects. It holds for all of them until it is empty.
-- False, and nothing changes, while one of their sessions is damaged.
function Issues.split_lock(issue)
  local shared = AREA .. 'i:' .. issue
  local list, keys, members = call('ZRANGE', shared, -MAX_SPLIT, -1, 'WITHSCORES'), {}, {}
  swept.split = swept.split + #list / 2
  for i = 1, #list, 2 do
    local s = Sessions.read(sub(list[i], 18))
    if not s then
      return false
    end
    keys[i], members[#members + 1] = shared .. '\29' .. s.project, list[i]
    Step.expect('zset', keys[i])
  end
  for i = 1, #list, 2 do
    call('ZADD', keys[i], list[i + 1], list[i])
  end
  call('ZREM', shared, unpack(members))
  return true
end

-- Lets a parked session go that is the best of its issue while none is claimed. True if it changed anything,
-- 'AGAIN' if its lock is split in part. `unsplit`: issues whose lock can't be split now.
function Issues.unpark(id, unsplit)
  local s = Sessions.read(id)
  if not s or s.place ~= 'PARKED' then
    return false
  end
  local _, list, shared = Issues.lock_of(call, s.issue, s.project, '0')
  if shared then
    if unsplit[s.issue] or not Issues.split_lock(s.issue) then
      unsplit[s.issue] = true
      return false
    end
    local _, rest, unfinished = Issues.lock_of(call, s.issue, s.project, '0')
    if unfinished then
      return 'AGAIN'
    end
    list = rest
  end
  if list[1] ~= Buckets.entry_of(s) or list[2] ~= '0' then
    return shared
  end
  Buckets.check(Buckets.kind_of(s), s)
  Buckets.take_out(s)
  Buckets.put_in(s, false)
  Sessions.write(s)
  return true
end

-- Looks at parked work, from where the last look ended. Returns the number of sessions and projects that were looked at,
-- and how many changed.
function Issues.look_at_parked(most)
  local looked, freed, before, unsplit = 0, 0, Step.field('looked'), {}
  local project, entry = match(before or '\31', '^([^\31]*)\31(.*)$')
  while looked < most and swept.split < MAX_SPLIT and org.parked ~= '0' do
    local found = project ~= '' and call('ZRANGEBYLEX', AREA .. 'parked:' .. project,
      entry == '' and '-' or '(' .. entry, '+', 'LIMIT', '0', '1')[1]
    if found then
      local changed_it
      if Step.passes(function() changed_it = Issues.unpark(sub(found, 18), unsplit) end) and changed_it then
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
    Step.set_field('looked', project .. '\31' .. entry)
  elseif before then
    Step.set_field('looked', false)
  end
  return looked, freed
end
