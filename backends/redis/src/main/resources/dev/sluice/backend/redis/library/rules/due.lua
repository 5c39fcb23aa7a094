-- Deadlines that any step handles.
--
--   {org}:due  sorted set: <kind> US <name> -> when. Kinds: 1 a session's `not before`, 2 its deadline, 3 the end of
--              its back-off, 4 the end of a project's pause, 5 the midnight after which a project may spend again,
--              6 the end of a job's offer
--
-- No entry is due before the org's `due`, so a poll need not look.
--
-- A handler returns nothing for an entry that it handled, 0 for one that was not due, false for a damaged one.

-- Delay of an entry whose record is damaged.
Due.POSTPONED_MS = 60000

-- Most damaged entries of a step.
local MAX_POSTPONED = 64

-- A session's time has come.
function Due.time_comes(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif s.place ~= 'LATER' then
    call('ZREM', AREA .. 'due', '1\31' .. id)
    return 0
  end
  Step.expect('zset', AREA .. 'later:' .. s.project)
  local plan = Places.decide_enter(s, Buckets.kind_of(s))
  call('ZREM', AREA .. 'later:' .. s.project, id)
  call('ZREM', AREA .. 'due', '1\31' .. id)
  Queues.count(Queues.of(s.project), 'LATER', -1)
  Places.enter(s, plan)
  Sessions.write(s)
end

function Due.deadline_passes(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif not Sessions.waits(s) then
    call('ZREM', AREA .. 'due', '2\31' .. id)
    return 0
  end
  local plan = Endings.decide(s, 'dead')
  Endings.die(s, nil, plan, 'DEADLINE')
  Sessions.write(s)
end

function Due.end_back_off(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif s.return_until == '0' then
    call('ZREM', AREA .. 'due', '3\31' .. id)
    return 0
  end
  Places.check_waiting(s)
  Buckets.check('ready', s)
  Buckets.check('returned', s)
  local list = Nackers.of(s)
  Nackers.end_returns(s)
  Nackers.end_back_offs(list)
  local place = s.place
  if place == 'RETURNED' then
    Buckets.take_out(s)
  end
  Nackers.begin_returns(s, list)
  if place == 'RETURNED' then
    Buckets.put_in(s, false)
  end
  Sessions.write(s)
end

function Due.end_pause(name)
  local p = Queues.of(name)
  call('ZREM', AREA .. 'due', '4\31' .. name)
  if p.pause == '-' or p.pause == '0' then
    return 0
  end
  p.pause = '-'
  call('HDEL', ORG, 'pause:' .. name)
end

function Due.new_day(name)
  local p = Queues.of(name)
  call('ZREM', AREA .. 'due', '5\31' .. name)
  if p.midnight == 0 then
    return 0
  end
  p.spent, p.day, p.midnight = 0, Queues.today(), 0
end

local HANDLERS = {
  ['1'] = Due.time_comes, ['2'] = Due.deadline_passes, ['3'] = Due.end_back_off, ['4'] = Due.end_pause, ['5'] = Due.new_day,
  ['6'] = Jobs.end_offer,
}

-- Prefixes of names in {org}:damaged.
local NAMED = { ['4'] = 'queue\31', ['5'] = 'queue\31', ['6'] = 'job\31' }

-- Handles up to `most` due entries, the earliest first. Returns their number, true if there may be more at once, and
-- true if it wrote anything. The caller commits.
function Due.handle(most)
  local handled, broken, wrote, nearest = 0, {}, false, 0
  while true do
    local entry = call('ZRANGE', AREA .. 'due', 0, 0, 'WITHSCORES')
    nearest = tonumber(entry[2] or 0)
    if not entry[1] or nearest > now or handled == most or #broken == MAX_POSTPONED then
      break
    end
    wrote = true
    local kind, name = match(entry[1], '^([1-6])\31(.*)$')
    local outcome = false
    if not kind or not Step.passes(function() outcome = HANDLERS[kind](name) end) or outcome == false then
      broken[#broken + 1] = kind and (NAMED[kind] or '') .. name or entry[1]
      call('ZADD', AREA .. 'due', now + Due.POSTPONED_MS, entry[1])
    elseif outcome ~= 0 then
      handled = handled + 1
    end
  end
  if #broken > 0 then
    Step.note_damage(broken)
  end
  -- %d is exact up to here; so far off any time will do.
  org.due = format('%d', math.min(nearest, 9e15))
  return handled, nearest > 0 and nearest <= now, wrote
end

-- Adds an entry to {org}:due (due.lua).
function Due.schedule(at, kind, name)
  call('ZADD', AREA .. 'due', at, kind .. '\31' .. name)
  if org.due == '0' or at + 0 < org.due + 0 then
    org.due = at
  end
end
