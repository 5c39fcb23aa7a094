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

-- %d is exact up to here. So far off any time will do.
local LATEST = 9e15

-- Handles an entry of a session that isn't due.
local function drop(kind, id)
  call('ZREM', AREA .. 'due', kind .. '\31' .. id)
  return 0
end

-- Ends the wait of a session whose time has come.
local function end_wait(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif s.place ~= 'LATER' then
    return drop('1', id)
  end
  Pages.check('later:' .. s.project)
  local plan = Places.decide_enter(s, Buckets.kind_of(s))
  call('ZREM', AREA .. 'later:' .. s.project, id)
  call('ZREM', AREA .. 'due', '1\31' .. id)
  Queues.count(Queues.of(s.project), 'LATER', -1)
  Places.enter(s, plan)
  Sessions.write(s)
end

-- Makes a waiting session a dead letter, since its deadline has passed.
local function pass_deadline(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif not Sessions.waits(s) then
    return drop('2', id)
  end
  Endings.die(s, nil, Endings.decide(s, 'dead'), 'DEADLINE')
  Sessions.write(s)
end

-- Ends the back-offs of a session whose time has come, and begins the others again.
local function end_back_off(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif s.return_until == '0' then
    return drop('3', id)
  end
  Places.check_waiting(s)
  Buckets.check('ready', s)
  Buckets.check('returned', s)
  local list, returned = Nackers.of(s), s.place == 'RETURNED'
  Nackers.end_returns(s)
  Nackers.end_back_offs(list)
  if returned then
    Buckets.take_out(s)
  end
  Nackers.begin_returns(s, list)
  if returned then
    Buckets.put_in(s, false)
  end
  Sessions.write(s)
end

local function end_pause(name)
  local p = Queues.of(name)
  call('ZREM', AREA .. 'due', '4\31' .. name)
  if p.pause == '-' or p.pause == '0' then
    return 0
  end
  p.pause = '-'
  Step.set_field('pause:' .. name, false)
end

local function begin_day(name)
  local p = Queues.of(name)
  call('ZREM', AREA .. 'due', '5\31' .. name)
  if p.midnight == 0 then
    return 0
  end
  p.spent, p.day, p.midnight = 0, Queues.today(), 0
end

local HANDLERS = {
  ['1'] = end_wait, ['2'] = pass_deadline, ['3'] = end_back_off, ['4'] = end_pause, ['5'] = begin_day,
  ['6'] = function(id) return Jobs.end_offer(id) end,
}

-- Prefixes of names in {org}:damaged.
local NAMED = { ['4'] = 'queue\31', ['5'] = 'queue\31', ['6'] = 'job\31' }

-- Handles an entry. Returns what its handler returns, or false and its name in {org}:damaged.
local function handle(entry)
  local kind, name = match(entry, '^([1-6])\31(.*)$')
  if not kind then
    return false, entry
  end
  local outcome
  if not Step.passes(function() outcome = HANDLERS[kind](name) end) or outcome == false then
    return false, (NAMED[kind] or '') .. name
  end
  return outcome
end

-- Handles up to `most` due entries, the earliest first. Returns their number, true if there may be more at once, and
-- true if it wrote anything. The caller commits.
function Due.handle(most)
  local handled, postponed, wrote = 0, {}, false
  local first = call('ZRANGE', AREA .. 'due', 0, 0, 'WITHSCORES')
  while first[1] and tonumber(first[2]) <= now and handled < most and #postponed < MAX_POSTPONED do
    wrote = true
    local outcome, damaged = handle(first[1])
    if outcome == false then
      postponed[#postponed + 1] = damaged
      call('ZADD', AREA .. 'due', now + Due.POSTPONED_MS, first[1])
    elseif outcome ~= 0 then
      handled = handled + 1
    end
    first = call('ZRANGE', AREA .. 'due', 0, 0, 'WITHSCORES')
  end
  if postponed[1] then
    Step.note_damage(postponed)
  end
  local nearest = tonumber(first[2] or 0)
  org.due = format('%d', math.min(nearest, LATEST))
  return handled, nearest > 0 and nearest <= now, wrote
end

-- Adds an entry.
function Due.schedule(at, kind, name)
  call('ZADD', AREA .. 'due', at, kind .. '\31' .. name)
  if org.due == '0' or at + 0 < org.due + 0 then
    org.due = at
  end
end
