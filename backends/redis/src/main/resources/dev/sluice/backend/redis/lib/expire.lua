-- Claims that a sweep ends: a lost lease, a missed accept deadline, the end of a stop's grace. And the outages that
-- keep them from ending. org.lua has the layout.

-- Returns the end of the last outage, and the time up to which claims were checked for acceptance.
local function read_sweep()
  local last, gap, judged = match(call('HGET', ORG, 'sweep') or '0 0 0', '^(%d+) (%d+) (%d+)$')
  if not judged then
    damaged(ORG)
  end
  return (last == '0' or now - last > OUTAGE_GAP_MS) and NOW or gap, judged
end

-- Records that a node sweeps. A node that starts or stops may have crashed and lost poll answers: claims handed out
-- before that, or after another node was last heard of, are nobody's no-shows. Returns these two times.
local function note_node(name)
  local since, nodes = match(call('HGET', ORG, 'nodes') or '0', '^(%d+)(.*)$')
  local known, others, heard = false, {}, now
  for node, at in string.gmatch(nodes or '', ' (%S+)=(%d+)') do
    if node == name then
      known = true
    elseif now - at > OUTAGE_GAP_MS then
      since = NOW
    else
      heard = math.min(heard, at)
      others[#others + 1] = ' ' .. node .. '=' .. at
    end
  end
  since = known and since or NOW
  local n = #changed
  changed[n + 1], changed[n + 2] = 'nodes', since .. ' ' .. name .. '=' .. NOW .. table.concat(others)
  return since + 0, heard
end

-- Returns two times: claims handed out up to the first, or after the second, are nobody's no-shows.
local function read_excuses()
  local gap = read_sweep()
  local since, heard = read_nodes()
  return math.max(since, gap), heard
end

-- Returns a claim to the queue.
local function return_claim(s, w, plan, kind, detail)
  event(s, kind, s.owner, detail)
  give_back(s, w, plan)
  write_session(s)
end

-- Releases a stopped claim.
local function release_stopped(s, w, why)
  local plan = decide_end(s, 'ended')
  release(s, w, plan, why)
  write_session(s)
  swept.released = swept.released + 1
end

-- Ends a claim of a worker whose lease ran out. False if it is damaged.
local function lose_lease(w, session)
  local s = read_session(session)
  if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
    return false
  elseif in_grace(s) then
    release_stopped(s, w, 'lease')
  else
    return_claim(s, w, decide_return(s, 'lost'), 'LEASE_LOST')
    swept.lost = swept.lost + 1
  end
end

-- A step of each_due: the lease of a worker may have run out.
local function end_lease(id, at)
  local w = read_worker(id)
  if not w then
    call('ZREM', AREA .. 'leases', id)
    return nil
  elseif w.seen + LEASE_MS > at then
    call('ZADD', AREA .. 'leases', w.seen + LEASE_MS, id)
    return nil
  end
  w.silent = '1'
  swept.silenced = swept.silenced + 1
  local ids = active_set(w)
  table.sort(ids, bytes_before)
  for _, session in ipairs(ids) do
    if not passes(lose_lease, w, session) then
      broken[#broken + 1] = session
    end
  end
  if write_worker(w) then
    call('ZREM', AREA .. 'leases', id)
    call('ZADD', AREA .. 'silent', w.seen, id)
  end
  return true
end

-- Counts a missed acceptance against a worker.
local function note_no_show(w, claimed)
  w.no_shows, w.judged = format('%d', w.no_shows + 1), claimed
  if w.no_shows + 0 >= NO_SHOWS then
    quarantine(w)
    w.nacks = '0'
  end
end

-- Returns a claim that its worker did not accept. Claims handed out up to `excused`, or after `heard`, are no no-shows.
local function lose_accept(s, w, excused, heard, detail)
  local plan, at = decide_return(s, 'lost'), s.claimed + 0
  if w and at > excused and at < heard and (w.judged == '' or at - w.judged > 0) then
    note_no_show(w, s.claimed)
  end
  return_claim(s, w, plan, 'ACCEPT_MISSED', detail)
end

-- A step of each_due: a claim may have missed its accept deadline. `gap`: end of the last outage.
local function miss_accept(id, gap, excused, heard)
  local s = read_session(id)
  if not s then
    return false
  elseif s.place ~= 'CLAIMED' or s.accept_by == '0' or s.accept_by + 0 > now then
    call('ZREM', AREA .. 'accepts', id)
    return nil
  elseif gap + s.accept_by - s.claimed > now then
    return 'held'
  end
  local w = read_worker(s.owner)
  lose_accept(s, w, excused, heard)
  call('ZREM', AREA .. 'accepts', id)
  swept.missed = swept.missed + 1
  if w then
    write_worker(w)
  end
  return true
end

-- A step of each_due: the end of a stop's grace.
local function end_grace(id)
  local s = read_session(id)
  if not s then
    return false
  elseif not in_grace(s) then
    call('ZREM', AREA .. 'graces', id)
    return nil
  end
  local w = read_worker(s.owner)
  release_stopped(s, w, 'grace')
  if w then
    write_worker(w)
  end
  return true
end
