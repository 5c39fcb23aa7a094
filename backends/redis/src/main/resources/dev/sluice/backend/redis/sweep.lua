-- One step of a sweep: stamps the org, so that an outage can be told from silence, and expires what
-- is due, at most DUE_STEP entries.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''
-- Result  seq, 'OK', sessions of lost leases, missed accepts, released, handled due entries,
--         1 if there may be more, else 0
--
-- USES org worker workers active session order bucket queue slots count refs ending returning damage due

local leases, accepts, graces = AREA .. 'leases', AREA .. 'accepts', AREA .. 'graces'
expect('zset', leases)
expect('zset', accepts)
expect('zset', graces)
local last, gap = match(call('HGET', ORG, 'sweep') or '0 0', '^(%d+) (%d+)$')
if not gap then
  damaged(ORG)
end
local left = DUE_STEP
local lost, missed, released = 0, 0, 0
local broken = {}

if last == '0' or now - last > OUTAGE_GAP_MS then
  gap = NOW
end
changed = { 'sweep', NOW .. ' ' .. gap }

local function returns(s, w)
  local put = decide_put('ready', s)
  check_slot(s, s.owner)
  lose(s, w, put)
  write_session(s)
end

local function release(s, w)
  check_slot(s, s.owner)
  refs_of(s.set)
  leave_slot(w, s)
  end_session(s)
  write_session(s)
end

local function postpone(deadlines, entry, name)
  broken[#broken + 1] = name
  call('ZADD', deadlines, now + POSTPONED_MS, entry)
end

-- Back-offs.
local back, looked = 0, 0
if org.due ~= '0' and org.due + 0 <= now then
  back, looked = handle_due(left)
  left = left - looked
end

-- Runs a step for each of a worker's claims until nothing is left of this sweep's share; answers
-- whether it came to the end. Damaged ones keep their slot.
local function each_claim(w, step)
  for _, id in ipairs(active_set(w)) do
    if left <= 0 then
      return false
    end
    if not passes(function()
      local s = read_session(id)
      if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
        return false
      end
      step(s)
    end) then
      broken[#broken + 1] = id
    end
  end
  return true
end

-- A lease may have run out. Claims that take several steps are safe: a sign of life ends it.
local function silence(id)
  local w = read_worker(id)
  if not w then
    call('ZREM', leases, id)
    return
  elseif w.seen + LEASE_MS > now then
    call('ZADD', leases, w.seen + LEASE_MS, id)
    return
  end
  w.silent = '1'
  local all = each_claim(w, function(s)
    if in_grace(s) then
      release(s, w)
      released = released + 1
    else
      returns(s, w)
      lost = lost + 1
    end
    left = left - 1
  end)
  write_worker(w)
  if all then
    call('ZREM', leases, id)
  end
end

-- Claims of a worker may have missed their accept deadline.
local function miss(id)
  local w = read_worker(id)
  if not w then
    call('ZREM', accepts, id)
    return
  end
  local nearest
  local all = each_claim(w, function(s)
    if s.accept_by ~= '0' then
      -- An outage holds it back.
      local by = math.max(s.accept_by, gap + s.accept_by - s.claimed)
      if by <= now then
        returns(s, w)
        missed = missed + 1
        left = left - 1
      elseif not nearest or by < nearest then
        nearest = by
      end
    end
  end)
  if all then
    w.accept = nearest and format('%d', nearest) or ''
    if nearest then
      call('ZADD', accepts, nearest, id)
    else
      call('ZREM', accepts, id)
    end
  end
  write_worker(w)
end

-- The end of a stop's grace.
local function let_go(id)
  local s = read_session(id)
  if not s then
    return false
  elseif not in_grace(s) then
    call('ZREM', graces, id)
  else
    local w = read_worker(s.owner)
    release(s, w)
    if w then
      write_worker(w)
    end
    released = released + 1
  end
end

local function expire(deadlines, step, prefix)
  if left <= 0 then
    return
  end
  for _, entry in ipairs(call('ZRANGEBYSCORE', deadlines, '-inf', now, 'LIMIT', 0, left)) do
    left = left - 1
    if not passes(step, entry) then
      postpone(deadlines, entry, prefix .. entry)
    end
  end
end

if gap + LEASE_MS <= now then
  expire(leases, silence, 'worker\31')
  expire(graces, let_go, '')
end
expire(accepts, miss, 'worker\31')

-- Damage that is repaired is forgotten; what can't be looked at again, a while after it was met.
local FORGET_MS = 600000
local noted = redis.pcall('ZRANGE', AREA .. 'damaged', 0, -1, 'WITHSCORES')
for i = 1, #noted, 2 do
  local name = noted[i]
  local forget
  if find(name, '\31', 1, true) then
    forget = noted[i + 1] + FORGET_MS < now
  else
    local s, refusal = read_session(name)
    forget = refusal == 'UNKNOWN_SESSION' or s and call('EXISTS', AREA .. 'p:' .. name) == 1
  end
  if forget then
    call('ZREM', AREA .. 'damaged', name)
  end
end
if #broken > 0 then
  note_damage(broken)
end
commit(back + lost + missed + released == 0)
return { org.seq, 'OK', lost, missed, released, back, left <= 0 and 1 or 0 }
