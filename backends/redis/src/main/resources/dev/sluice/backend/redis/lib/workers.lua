-- Workers as tables; lib/worker.lua has the layout.

-- The worker of that id, or nil.
local function read_worker(id)
  local key = AREA .. 'w:' .. id
  local row = call('HMGET', key, 'state', 'registered_by')
  if not row[1] then
    return nil
  end
  local w = { id = id, key = key, registered_by = row[2], set = {}, gone = {} }
  w.dialect, w.seen, w.capacity, w.flags, w.active, w.mail, w.accept, w.version, w.sets =
    match(row[1], STATE)
  if not (w.seen and w.registered_by and ACCEPT_MS[w.dialect]) then
    damaged(key)
  end
  w.draining, w.silent = sub(w.flags, 1, 1), sub(w.flags, 2)
  if w.silent == '1' then
    expect('zset', AREA .. 'leases')
  end
  return w
end

local function sign_of_life(w)
  w.seen = NOW
  if w.silent == '1' then
    w.silent = '0'
    call('ZADD', AREA .. 'leases', now + LEASE_MS, w.id)
  end
end

-- Ids of its active sessions.
local function active_set(w)
  local ids = {}
  for _, field in ipairs(call('HKEYS', w.key)) do
    ids[#ids + 1] = match(field, '^a:(.*)$')
  end
  return ids
end

-- What take_slot and leave_slot write must be of its type.
local function check_slot(s, worker_id)
  if s.release_by ~= '0' then
    expect('zset', AREA .. 'graces')
  end
  if s.unacked ~= '0' then
    expect('zset', AREA .. 'mail:' .. worker_id)
  end
end

local function take_slot(w, s)
  local n = #w.set
  w.set[n + 1], w.set[n + 2] = 'a:' .. s.id, s.token
  w.active = w.active + 1
  if s.unacked ~= '0' then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    w.mail = '0'
  end
end

-- `w` is nil if the worker's record is gone; the session's deadlines go anyway.
local function leave_slot(w, s)
  s.accept_by = '0'
  if s.release_by ~= '0' then
    call('ZREM', AREA .. 'graces', s.id)
    s.release_by = '0'
  end
  if w then
    w.active = w.active - 1
    w.gone[#w.gone + 1] = 'a:' .. s.id
    if s.unacked ~= '0' then
      call('ZREM', AREA .. 'mail:' .. w.id, s.id)
    end
  end
end

local function state_of(w)
  return table.concat({
    w.dialect, w.seen, w.capacity, w.draining .. w.silent, w.active, w.mail, w.accept, w.version,
    w.sets }, '\31')
end

local function write_worker(w)
  local n = #w.set
  w.set[n + 1], w.set[n + 2] = 'state', state_of(w)
  call('HSET', w.key, unpack(w.set))
  for i = 1, #w.gone, 1000 do
    call('HDEL', w.key, unpack(w.gone, i, math.min(i + 999, #w.gone)))
  end
  w.gone, w.set = {}, {}
end
