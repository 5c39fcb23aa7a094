-- Claims that a sweep ends: their lease ran out, their accept deadline was missed, or the grace of their stop is
-- over. Each of these functions is a step of each_due.

local function returns(s, w, kind)
  local plan = decide_return(s, 'lost')
  event(s, kind, s.owner)
  give_back(s, w, plan)
  write_session(s)
end

local function let_go(s, w, why)
  local plan = decide_end(s, 'ended')
  release(s, w, plan, why)
  write_session(s)
  swept.released = swept.released + 1
end

-- A claim of a worker whose lease has run out. Answers false where it is damaged.
local function lose(w, session)
  local s = read_session(session)
  if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
    return false
  elseif in_grace(s) then
    let_go(s, w, 'lease')
  else
    returns(s, w, 'LEASE_LOST')
    swept.lost = swept.lost + 1
  end
end

-- A lease may have run out.
local function silence(id, at)
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
    if not passes(lose, w, session) then
      broken[#broken + 1] = session
    end
  end
  if write_worker(w) then
    call('ZREM', AREA .. 'leases', id)
    call('ZADD', AREA .. 'silent', w.seen, id)
  end
  return true
end

-- A worker did not accept what it was handed out at that time.
local function note_no_show(w, claimed)
  w.no_shows, w.judged = format('%d', w.no_shows + 1), claimed
  if w.no_shows + 0 >= NO_SHOWS then
    local before = tonumber(w.quarantines) or 0
    w.quarantined = format('%d', now + math.min(LONGEST_QUARANTINE_MS, QUARANTINE_MS * 2 ^ before))
    w.no_shows, w.quarantines, w.judged = '0', format('%d', before + 1), NOW
  end
end

-- A claim may have missed its accept deadline. `gap` is the end of the last outage; what was handed out up to
-- `excused`, or after `heard`, is not counted.
local function miss(id, gap, excused, heard)
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
  local at = s.claimed + 0
  if w and at > excused and at < heard and (w.judged == '' or at - w.judged > 0) then
    note_no_show(w, s.claimed)
  end
  returns(s, w, 'ACCEPT_MISSED')
  call('ZREM', AREA .. 'accepts', id)
  swept.missed = swept.missed + 1
  if w then
    write_worker(w)
  end
  return true
end

-- The end of a stop's grace.
local function end_grace(id)
  local s = read_session(id)
  if not s then
    return false
  elseif not in_grace(s) then
    call('ZREM', AREA .. 'graces', id)
    return nil
  end
  local w = read_worker(s.owner)
  let_go(s, w, 'grace')
  if w then
    write_worker(w)
  end
  return true
end
