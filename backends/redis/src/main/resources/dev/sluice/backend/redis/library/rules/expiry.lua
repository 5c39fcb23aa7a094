-- Claims that a sweep ends: a lost lease, a missed accept deadline, the end of a stop's grace. And the outages that
-- keep them from ending. org.lua has the layout.

-- Returns the end of the last outage, and the time up to which claims were checked for acceptance.
function Expiry.read_sweep()
  local last, gap, judged = match(Step.field('sweep') or '0 0 0', '^(%d+) (%d+) (%d+)$')
  if not judged then
    Step.damaged(ORG)
  end
  return (last == '0' or now - last > Rules.OUTAGE_GAP_MS) and NOW or gap, judged
end

-- Records that a node sweeps. A node that starts or stops may have crashed and lost poll answers: claims handed out
-- before that, or after another node was last heard of, are nobody's no-shows. Returns these two times.
function Expiry.note_node(name)
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

-- Returns two times: claims handed out up to the first, or after the second, are nobody's no-shows.
function Expiry.excuses()
  local gap = Expiry.read_sweep()
  local since, heard = Workers.read_nodes()
  return math.max(since, gap), heard
end

-- Returns a claim to the queue.
function Expiry.return_claim(s, w, plan, kind, detail)
  Timelines.event(s, kind, s.owner, detail)
  Endings.give_back(s, w, plan)
  Sessions.write(s)
end

-- Releases a stopped claim.
function Expiry.release_stopped(s, w, why)
  local plan = Endings.decide(s, 'ended')
  Endings.release(s, w, plan, why)
  Sessions.write(s)
  swept.released = swept.released + 1
end

-- Ends a claim of a worker whose lease ran out. False if it is damaged.
function Expiry.lose_lease(w, session)
  local s = Sessions.read(session)
  if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
    return false
  elseif Sessions.in_grace(s) then
    Expiry.release_stopped(s, w, 'lease')
  else
    Expiry.return_claim(s, w, Endings.decide_return(s, 'lost'), 'LEASE_LOST')
    swept.lost = swept.lost + 1
  end
end

-- A step of each_due: the lease of a worker may have run out.
function Expiry.end_lease(id, at)
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
    if not Step.passes(Expiry.lose_lease, w, session) then
      broken[#broken + 1] = session
    end
  end
  if Workers.write(w) then
    call('ZREM', AREA .. 'leases', id)
    call('ZADD', AREA .. 'silent', w.seen, id)
  end
  return true
end

-- Counts a missed acceptance against a worker.
function Expiry.note_no_show(w, claimed)
  w.no_shows, w.judged = format('%d', w.no_shows + 1), claimed
  if w.no_shows + 0 >= Rules.NO_SHOWS then
    Workers.quarantine(w)
    w.nacks = '0'
  end
end

-- Returns a claim that its worker did not accept. Claims handed out up to `excused`, or after `heard`, are no no-shows.
function Expiry.lose_accept(s, w, excused, heard, detail)
  local plan, at = Endings.decide_return(s, 'lost'), s.claimed + 0
  if w and at > excused and at < heard and (w.judged == '' or at - w.judged > 0) then
    Expiry.note_no_show(w, s.claimed)
  end
  Expiry.return_claim(s, w, plan, 'ACCEPT_MISSED', detail)
end

-- A step of each_due: a claim may have missed its accept deadline. `gap`: end of the last outage.
function Expiry.miss_accept(id, gap, excused, heard)
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

-- A step of each_due: the end of a stop's grace.
function Expiry.end_grace(id)
  local s = Sessions.read(id)
  if not s then
    return false
  elseif not Sessions.in_grace(s) then
    call('ZREM', AREA .. 'graces', id)
    return nil
  end
  local w = Workers.read(s.owner)
  Expiry.release_stopped(s, w, 'grace')
  if w then
    Workers.write(w)
  end
  return true
end
