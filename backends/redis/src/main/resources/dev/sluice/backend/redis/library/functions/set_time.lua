-- The stored time, set to the clock.

-- Entries of a step, and how many of them the next step looks at again, since entries move up when others go.
local STEP, AGAIN = 500, 100

-- Returns the earlier of a time and one time-out from now.
local function at_most(time, timeout)
  return time + 0 > now + timeout and format('%d', now + timeout) or time
end

local function limit_worker(id)
  local w = Workers.read(id)
  if not w then
    return
  end
  w.seen, w.quarantined = at_most(w.seen, 0), at_most(w.quarantined, Rules.LONGEST_QUARANTINE_MS)
  w.judged = w.judged ~= '' and at_most(w.judged, 0) or ''
  local polled, offered_by = unpack(call('HMGET', w.key, 'polled', 'offered_by'))
  if polled then
    w.set = { 'polled', at_most(polled, 0) }
  end
  if offered_by then
    local node, alone = match(offered_by, '^([^\31]*)\31(%d+)$')
    call('HSET', w.key, 'offered_by', node .. '\31' .. at_most(alone, 0))
  end
  -- The next poll finds out which messages are readable.
  local mail = AREA .. 'mail:' .. id
  for _, session in ipairs(call('ZRANGE', mail, 0, -1)) do
    call('ZADD', mail, 0, session)
    w.mail = '0'
  end
  if w.silent == '1' then
    call('ZADD', AREA .. 'silent', w.seen, id)
  else
    call('ZADD', AREA .. 'leases', w.seen + Rules.LEASE_MS, id)
  end
  Workers.write(w)
end

local function limited_nackers(s)
  local list = Nackers.of(s)
  for _, nacker in ipairs(list) do
    nacker[3] = at_most(nacker[3], nacker[4] ~= '' and Rules.LONGEST_NACK_BACKOFF_MS or Nackers.back_off_ms(nacker[2]))
  end
  return list
end

local function limit_claim(id)
  local s = Sessions.read(id)
  if not s or s.place ~= 'CLAIMED' then
    return
  end
  local claimed = at_most(s.claimed, 0)
  if s.accept_by ~= '0' then
    s.accept_by = format('%d', claimed + s.accept_by - s.claimed)
    if call('ZSCORE', AREA .. 'accepts', id) then
      call('ZADD', AREA .. 'accepts', s.accept_by, id)
    end
  end
  s.claimed, s.last_sign = claimed, at_most(s.last_sign, 0)
  Nackers.write(s, limited_nackers(s))
  Claims.list(s)
  if s.release_by ~= '0' then
    s.release_by = at_most(s.release_by, Rules.STOP_GRACE_MS)
    call('ZADD', AREA .. 'graces', s.release_by, id)
  end
  Sessions.write(s)
end

-- Limits the offered messages of the session of an entry.
local function limit_messages(entry)
  local offered = AREA .. 'offered:' .. (match(entry, '^[^\31]*\31(.*)$') or '')
  local latest = format('%d', now + Rules.VISIBILITY_MS)
  for _, member in ipairs(call('ZRANGEBYSCORE', offered, '(' .. latest, '+inf')) do
    call('ZADD', offered, latest, member)
  end
end

-- Limits back-offs and offers of jobs. Callers set the other times.
local function limit_due(entry, at)
  local kind, name = match(entry, '^([36])\31(.*)$')
  if kind == '6' then
    local limit = at_most(at, Rules.VISIBILITY_MS)
    if limit ~= at then
      Due.schedule(limit, kind, name)
    end
  elseif kind then
    local s = Sessions.read(name)
    if s and Sessions.waits(s) then
      Nackers.begin_returns(s, limited_nackers(s))
      Sessions.write(s)
    end
  end
end

-- The lists whose entries are limited, one after the other.
local PHASES = {
  { 'workers', limit_worker, 'worker\31' }, { 'claimed', limit_claim, '' }, { 'lane:urgent', limit_messages, '' },
  { 'lane:normal', limit_messages, '' }, { 'due', limit_due, '' },
}

-- Stamps the org as after an outage. `was`: the time that was stored. Returns the next step.
local function begin(args, was)
  Audit.check(args)
  local judged = match(Step.field('sweep') or '0 0 0', '^%d+ %d+ (%d+)$') or '0'
  Step.set_field('sweep', NOW .. ' ' .. NOW .. ' ' .. at_most(judged, -Rules.SHORTEST_ACCEPT_MS))
  Step.set_field('nodes', NOW)
  Audit.write(args, format('%d', was - now))
  return '1 0'
end

-- Limits the times of some entries. Returns the next step, '' after the last one.
local function limit_some(step)
  local phase, from = match(step, '^([1-5]) (%d+)$')
  local list, limit, prefix = unpack(PHASES[phase + 0])
  local found, broken_names = call('ZRANGE', AREA .. list, from, from + STEP - 1, 'WITHSCORES'), {}
  for i = 1, #found, 2 do
    if not Step.passes(limit, found[i], found[i + 1]) then
      table.insert(broken_names, prefix .. found[i])
    end
  end
  if broken_names[1] then
    Step.note_damage(broken_names)
  end
  if #found == 2 * STEP then
    return phase .. ' ' .. format('%d', from + STEP - AGAIN)
  end
  return phase + 0 < #PHASES and format('%d 0', phase + 1) or ''
end

-- Sets the stored time to the clock, and then brings forward all that is due later than one time-out from now, a step
-- at a time. Each step may be repeated.
--
-- Arguments  2 '' to set the time, else the next step  3 ... audit line of the first step (rules/audit.lua)
-- Result  time that was stored, time now, next step or '' after the last
function Functions.set_time(args)
  local step, was = args[2], NOW
  NOW, now = CLOCK, CLOCK + 0
  local next_step
  if step == '' then
    next_step = begin(args, was)
  else
    next_step = limit_some(step)
  end
  Step.commit(step ~= '')
  return { org.seq, 'OK', was + 0, now, next_step }
end
