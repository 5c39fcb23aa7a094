-- One step of a sweep: stamps the org, so that an outage can be told from silence, and expires what
-- is due, at most DUE_STEP entries.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 accept deadlines to pass over: those that an outage holds back
-- Result  seq, 'OK', sessions of lost leases, missed accepts, released, handled due entries,
--         1 if there may be more or 0, accept deadlines to pass over in the next step
--
-- USES org bucket session queue worker ending damage due

local row = call('HMGET', ORG, 'sweep', 'gap')
local last, gap = tonumber(row[1] or 0), tonumber(row[2] or 0)
if not (last and gap) then
  damaged(ORG)
end
local leases, accepts, graces = AREA .. 'leases', AREA .. 'accepts', AREA .. 'graces'
expect('zset', leases)
expect('zset', accepts)
expect('zset', graces)
local left = DUE_STEP
local lost, missed, released = 0, 0, 0
local broken = {}

if last == 0 or now - last > OUTAGE_GAP_MS then
  gap = now
  set('gap', gap)
end
set('sweep', now)

local function returns(s, w)
  local put = decide_put('ready', s.set, s.project, s.score, s.id)
  check_slot(s, s.owner)
  lose(s, w, put)
  write_session(s)
end

local function release(s, w)
  decide_end(s, s.owner)
  apply_end(s, w)
  write_session(s)
end

local function postpone(deadlines, entry, name)
  broken[#broken + 1] = name
  call('ZADD', deadlines, now + POSTPONED_MS, entry)
end

-- Back-offs.
local back, looked = 0, 0
if due > 0 and due <= now then
  back, looked = handle_due(left)
  left = left - looked
end

-- Leases. A worker's claims may take several steps; a sign of life meanwhile ends it.
local function silence(id)
  local w = read_worker(id)
  if not w then
    call('ZREM', leases, id)
    return
  end
  local seen = tonumber(call('HGET', w.key, 'seen'))
  if not seen then
    return false
  end
  if seen + LEASE_MS > now then
    call('ZADD', leases, seen + LEASE_MS, id)
    return
  end
  local more = false
  w.silent = '1'
  set_worker(w, 'silent', 1)
  for _, field in ipairs(call('HKEYS', w.key)) do
    local session = match(field, '^a:(.*)$')
    if session and left <= 0 then
      more = true
      break
    elseif session then
      local s = read_session(session)
      if not passes(function()
        if not s or s.place ~= 'CLAIMED' or s.owner ~= id then
          return false
        elseif in_grace(s) then
          release(s, w)
          released = released + 1
        else
          returns(s, w)
          lost = lost + 1
        end
        left = left - 1
      end) then
        -- It keeps its slot, and the worker its silence.
        broken[#broken + 1] = session
      end
    end
  end
  write_worker(w)
  if not more then
    call('ZREM', leases, id)
  end
end

-- An accept deadline.
local held = tonumber(ARGV[2])
local function miss(id)
  local s = read_session(id)
  if not s then
    return false
  elseif s.place ~= 'CLAIMED' or s.accept_by == '0' then
    call('ZREM', accepts, id)
  elseif gap + s.accept_by - s.claimed > now then
    held = held + 1
  else
    local w = read_worker(s.owner)
    returns(s, w)
    if w then
      write_worker(w)
    end
    missed = missed + 1
  end
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

local function expire(deadlines, skip, step, prefix)
  if left <= 0 then
    return
  end
  for _, entry in ipairs(call('ZRANGEBYSCORE', deadlines, '-inf', now, 'LIMIT', skip, left)) do
    left = left - 1
    if not passes(step, entry) then
      postpone(deadlines, entry, prefix .. entry)
    end
  end
end

if gap + LEASE_MS <= now then
  expire(leases, 0, silence, 'worker\31')
end
expire(accepts, held, miss, '')
if gap + LEASE_MS <= now then
  expire(graces, 0, let_go, '')
end

-- Damage that is repaired is forgotten; what can't be looked at again, a while after it was met.
local FORGET_MS = 600000
local noted = redis.pcall('ZRANGE', AREA .. 'damaged', 0, -1, 'WITHSCORES')
for i = 1, #noted, 2 do
  local name = noted[i]
  local forget
  if string.find(name, '\31', 1, true) then
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
return { seq, 'OK', lost, missed, released, back, left <= 0 and 1 or 0, held }
