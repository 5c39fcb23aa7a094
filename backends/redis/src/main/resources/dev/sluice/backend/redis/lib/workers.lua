-- Workers as tables; lib/worker.lua has the layout.

-- The worker of that id, or nil.
local function read_worker(id)
  local key = AREA .. 'w:' .. id
  local row = call('HMGET', key, 'state', 'registered_by')
  if not row[1] then
    return nil
  end
  local dialect, seen, capacity, draining, silent, drained, retired, active, mail, no_shows, quarantines, judged,
    quarantined, version, sets = match(row[1], STATE)
  if not (seen and row[2] and ACCEPT_MS[dialect]) then
    damaged(key)
  end
  if silent == '1' or retired == '1' then
    expect('zset', AREA .. 'leases')
    expect('zset', AREA .. 'silent')
    expect('zset', AREA .. 'workers')
  end
  return {
    id = id, key = key, registered_by = row[2], dialect = dialect, seen = seen, capacity = capacity,
    draining = draining, silent = silent, drained = drained, retired = retired, active = active, mail = mail,
    no_shows = no_shows, quarantines = quarantines, judged = judged, quarantined = quarantined, version = version,
    sets = sets,
    -- More fields to write, and fields to delete.
    set = {}, gone = {},
  }
end

local function revoked(w)
  return org.revoked == '1' and call('SISMEMBER', AREA .. 'revoked', w.registered_by) == 1
end

-- The worker of that id if a caller bound to a credential (or to none) may act for it, or nil.
local function known_worker(id, registered_by)
  local w = read_worker(id)
  if w and (registered_by == '' or registered_by == w.registered_by) and not revoked(w) then
    return w
  end
  return nil
end

local function sign_of_life(w)
  w.seen = NOW
  if w.silent == '1' then
    w.silent = '0'
    call('ZREM', AREA .. 'silent', w.id)
    call('ZADD', AREA .. 'leases', now + LEASE_MS, w.id)
  end
end

-- Settles what it was handed out up to a time: none of it is a no-show from now on.
local function judge(w, at)
  if w.judged == '' or at - w.judged > 0 then
    w.judged = at
  end
end

-- It accepts what it was handed out at that time.
local function note_accept(w, at)
  w.no_shows, w.quarantines = '0', '0'
  judge(w, at)
end

-- Answers whether the record is still there.
local function write_worker(w)
  if w.retired == '1' and w.active == '0' then
    count_bytes(-(call('HGET', w.key, 'bytes') or 0))
    call('UNLINK', w.key, AREA .. 'mail:' .. w.id)
    for _, list in ipairs({ 'leases', 'silent', 'workers' }) do
      call('ZREM', AREA .. list, w.id)
    end
    return false
  end
  call('HSET', w.key, 'state', worker_state(w.dialect, w.seen, w.capacity, w.draining, w.silent, w.drained,
    w.retired, w.active, w.mail, w.no_shows, w.quarantines, w.judged, w.quarantined, w.version, w.sets), unpack(w.set))
  w.set = {}
  if w.gone[1] then
    for i = 1, #w.gone, 1000 do
      call('HDEL', w.key, unpack(w.gone, i, math.min(i + 999, #w.gone)))
    end
    w.gone = {}
  end
  return true
end
