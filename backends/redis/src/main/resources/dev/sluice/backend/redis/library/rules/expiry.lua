-- The ends of claims by time, which a sweep finds: a lease is lost, an accept deadline is missed, or the grace after a
-- stop is over. Outages keep them from ending. rules/step.lua has the layout of sweeps and outages, rules/claims.lua
-- that of the deadlines.

-- Most entries of a list that a sweep looks at.
local MAX_LOOKS = 1000

-- Prefixes of names in {org}:damaged, by list.
local NAMED = {
  leases = 'worker\31', silent = 'worker\31', ['jobs-over'] = 'job\31', replays = 'replay\31', ['stop-runs'] = 'stop\31',
}

-- Lists whose entries are pruned early if the store needs room.
local GIVES_WAY = { ended = true, archives = true, ['jobs-over'] = true, replays = true }

-- Carries out a step for an entry, which returns false for a damaged one, or raises. Returns what the step returned.
local function outcome_of(step, id, at)
  local outcome
  return Step.passes(function() outcome = step(id, at) end) and outcome
end

-- Calls `step` for the entries of a list that are due by `limit`, in order. The step returns true for a handled entry,
-- false for a damaged one, which comes again later, 'held' for one that must wait, and nil for one that is gone or
-- moved on. Returns the number of handled entries.
function Expiry.each_due(name, limit, step)
  local key, done, held, looks = AREA .. name, 0, 0, 0
  while done < Rules.DUE_STEP do
    local early = GIVES_WAY[name] and org.bytes + 0 > Rules.PRESSED_BYTES
    local row = call('ZRANGEBYSCORE', key, '-inf', early and '+inf' or limit, 'WITHSCORES', 'LIMIT', held, 1)
    if not row[1] then
      break
    elseif looks == MAX_LOOKS then
      swept.more = swept.more or held < MAX_LOOKS
      break
    end
    looks = looks + 1
    local outcome = outcome_of(step, row[1], tonumber(row[2]))
    if outcome == false then
      broken[#broken + 1] = (NAMED[name] or '') .. row[1]
    end
    if outcome == 'held' or outcome == false and early then
      held = held + 1
    elseif outcome == false then
      call('ZADD', key, format('%d', limit + Due.POSTPONED_MS), row[1])
    elseif outcome then
      done = done + 1
    end
  end
  swept.more = swept.more or done == Rules.DUE_STEP
  return done
end

-- Handles the first entries of a list that holds more than `most`: up to DUE_STEP with the `done` ones of this step.
-- `broken_at`: the new time of a damaged entry, nil to leave it.
function Expiry.each_surplus(name, most, done, step, broken_at)
  local key = AREA .. name
  local surplus = math.min(call('ZCARD', key) - most, Rules.DUE_STEP - done)
  for _, id in ipairs(surplus > 0 and call('ZRANGE', key, 0, surplus - 1) or {}) do
    local outcome = outcome_of(step, id)
    if outcome == false and broken_at then
      broken[#broken + 1] = id
      call('ZADD', key, broken_at, id)
    elseif outcome then
      done = done + 1
    end
  end
  swept.more = swept.more or surplus > 0 and done == Rules.DUE_STEP
end

-- Returns the end of the last outage, and the time up to which claims were checked for acceptance.
function Expiry.read_sweep()
  local last, gap, judged = match(Step.field('sweep') or '0 0 0', '^(%d+) (%d+) (%d+)$')
  if not judged then
    Step.damaged(ORG)
  end
  return (last == '0' or now - last > Rules.OUTAGE_GAP_MS) and NOW or gap, judged
end

-- Adds unaccepted claims to {org}:accepts once they are as old as the shortest accept time. Each claim is checked once.
-- `judged`: the time up to which claims were checked. Returns the new one.
local function look_after_accepts(judged)
  local old = math.max(0, now - Rules.SHORTEST_ACCEPT_MS)
  local some = call('ZRANGEBYSCORE', AREA .. 'claimed', '(' .. judged, format('%d', old), 'WITHSCORES',
    'LIMIT', 0, MAX_LOOKS)
  for i = 1, #some, 2 do
    local s = Sessions.read(some[i])
    if not s then
      call('ZADD', AREA .. 'accepts', some[i + 1], some[i])
    elseif s.place == 'CLAIMED' and s.accept_by ~= '0' then
      call('ZADD', AREA .. 'accepts', s.accept_by, some[i])
    end
  end
  if #some == 2 * MAX_LOOKS then
    swept.more = true
    -- There may be more of the same time.
    old = some[#some] - (some[2] == some[#some] and 0 or 1)
  end
  return format('%d', old)
end

-- Records that a node sweeps. A node that starts or stops may have crashed and lost poll answers: claims handed out
-- before that, or after another node was last heard of, are no no-shows. Returns these two times.
local function note_node(name)
  local since, nodes = match(Step.field('nodes') or '0', '^(%d+)(.*)$')
  local known, others, heard = false, {}, now
  for node, at in string.gmatch(nodes or '', ' (%S+)=(%d+)') do
    if node == name then
      known = true
    elseif now - at > Rules.OUTAGE_GAP_MS then
      since = NOW
    else
      heard = math.min(heard, at)
      others[#others + 1] = ' ' .. node .. '=' .. at
    end
  end
  since = known and since or NOW
  Step.set_field('nodes', since .. ' ' .. name .. '=' .. NOW .. table.concat(others))
  return since + 0, heard
end

-- Stamps the org, which tells an outage from silence. Returns the end of the last outage, and two times: claims handed
-- out up to the first, or after the second, are no no-shows.
function Expiry.stamp(node)
  local gap, judged = Expiry.read_sweep()
  -- A full Redis refuses the heartbeats and acceptances of workers, so their silence is an outage of ours.
  gap = full and NOW or gap
  Step.set_field('sweep', NOW .. ' ' .. gap .. ' ' .. look_after_accepts(judged))
  local since, heard = note_node(node)
  return gap + 0, math.max(since, gap), heard
end

-- Returns two times: claims handed out up to the first, or after the second, are no no-shows.
function Expiry.excuses()
  local gap = Expiry.read_sweep()
  local since, heard = Workers.read_nodes()
  return math.max(since, gap), heard
end

-- Returns a claim to the queue.
local function return_claim(s, w, plan, kind, detail)
  Timelines.event(s, kind, s.owner, detail)
  Endings.give_back(s, w, plan)
  Sessions.write(s)
end

-- Releases a stopped claim.
local function release_stopped(s, w, why)
  Endings.release(s, w, Endings.decide(s, 'ended'), why)
  Sessions.write(s)
  swept.released = swept.released + 1
end

-- Ends a claim of a worker whose lease ran out. False if it is damaged.
local function lose_lease(w, session)
  local s = Sessions.read(session)
  if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
    return false
  elseif Sessions.in_grace(s) then
    release_stopped(s, w, 'lease')
  else
    return_claim(s, w, Endings.decide_return(s, 'lost'), 'LEASE_LOST')
    swept.lost = swept.lost + 1
  end
end

-- A step of each_due: the lease of a worker may have run out.
local function end_lease(id, at)
  local w = Workers.read(id)
  if not w then
    call('ZREM', AREA .. 'leases', id)
    return nil
  elseif w.seen + Rules.LEASE_MS > at then
    call('ZADD', AREA .. 'leases', w.seen + Rules.LEASE_MS, id)
    return nil
  end
  w.silent = '1'
  swept.silenced = swept.silenced + 1
  local ids = Workers.active_set(w)
  table.sort(ids, Pages.bytes_before)
  for _, session in ipairs(ids) do
    if not Step.passes(lose_lease, w, session) then
      broken[#broken + 1] = session
    end
  end
  Events.of_worker('SILENT', id)
  if Workers.write(w) then
    call('ZREM', AREA .. 'leases', id)
    call('ZADD', AREA .. 'silent', w.seen, id)
  end
  return true
end

-- Returns a claim that its worker did not accept. `excused`, `heard`: the times of `excuses`.
function Expiry.lose_accept(s, w, excused, heard, detail)
  local at, claimed = s.claimed + 0, s.claimed
  return_claim(s, w, Endings.decide_return(s, 'lost'), 'ACCEPT_MISSED', detail)
  if w and at > excused and at < heard and (w.judged == '' or at - w.judged > 0) then
    w.no_shows, w.judged = format('%d', w.no_shows + 1), claimed
    if w.no_shows + 0 >= Rules.NO_SHOWS then
      Workers.quarantine(w)
      w.nacks = '0'
    end
  end
end

-- A step of each_due: a claim may have missed its accept deadline. `gap`: end of the last outage.
local function miss_accept(id, gap, excused, heard)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif s.place ~= 'CLAIMED' or s.accept_by == '0' or s.accept_by + 0 > now then
    call('ZREM', AREA .. 'accepts', id)
    return nil
  elseif gap + s.accept_by - s.claimed > now then
    return 'held'
  end
  local w = Workers.read(s.owner)
  Expiry.lose_accept(s, w, excused, heard)
  call('ZREM', AREA .. 'accepts', id)
  swept.missed = swept.missed + 1
  if w then
    Workers.write(w)
  end
  return true
end

-- A step of each_due: the grace after a stop is over.
local function end_grace(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif not Sessions.in_grace(s) then
    call('ZREM', AREA .. 'graces', id)
    return nil
  end
  local w = Workers.read(s.owner)
  release_stopped(s, w, 'grace')
  if w then
    Workers.write(w)
  end
  return true
end

-- Ends claims whose time is over. `gap`, `excused`, `heard`: what `stamp` returned.
function Expiry.end_claims(gap, excused, heard)
  if gap + Rules.LEASE_MS <= now then
    Expiry.each_due('leases', now, end_lease)
  end
  if gap + Rules.SHORTEST_ACCEPT_MS <= now then
    Expiry.each_due('accepts', now, function(id) return miss_accept(id, gap, excused, heard) end)
  end
  if gap + Rules.LEASE_MS <= now then
    Expiry.each_due('graces', now, end_grace)
  end
end
