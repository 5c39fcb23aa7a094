-- Workers.
--
--   {org}:w:<id>   hash
--       registered_by, dialect, hostname, capacity, projects, capabilities, draining, details,
--       active_count, registered_at   what it said of itself; lists are parted by US
--       seen, silent                  last sign of life; 1 once its lease has run out
--       active, a:<session> -> token  its active set and how many they are
--       request, claims               its last poll: <session> US <token> US ...
--       takes                         projects it takes, `default` among them; empty means all
--       sets, sets_version            sets of required capabilities it has, as of that version
--       mail                          no message to it is readable before; empty when there is none
--   {org}:leases        sorted set, worker -> a time before which its lease can't run out. Signs of
--                       life don't move it: a sweep that finds it past looks at `seen`
--   {org}:mail:<id>     sorted set, active session with messages -> when one is readable
--   {org}:returns:<id>  sorted set, session it nacked -> when its back-off is over
--   {org}:accepts       sorted set, claimed session -> its accept deadline
--   {org}:graces        sorted set, stopped session that still holds its slot -> end of the grace

-- The worker of that id, or nil.
local function read_worker(id)
  local key = AREA .. 'w:' .. id
  local row = call('HMGET', key, 'registered_by', 'dialect', 'active', 'silent', 'mail')
  if not row[1] then
    return nil
  end
  local w = {
    id = id, key = key, registered_by = row[1], dialect = row[2], active = tonumber(row[3]),
    silent = row[4], mail = row[5], set = {}, gone = {},
  }
  if not (w.active and ACCEPT_MS[w.dialect] and w.silent and w.mail) then
    damaged(key)
  end
  if w.silent == '1' then
    expect('zset', AREA .. 'leases')
  end
  return w
end

local function set_worker(w, field, value)
  local n = #w.set
  w.set[n + 1] = field
  w.set[n + 2] = value
end

local function sign_of_life(w)
  set_worker(w, 'seen', now)
  if w.silent == '1' then
    w.silent = '0'
    set_worker(w, 'silent', 0)
    call('ZADD', AREA .. 'leases', now + LEASE_MS, w.id)
  end
end

-- What take_slot and leave_slot write must be of its type.
local function check_slot(s, worker_id)
  if s.accept_by ~= '0' then
    expect('zset', AREA .. 'accepts')
  end
  if s.release_by ~= '0' then
    expect('zset', AREA .. 'graces')
  end
  if s.unacked ~= '0' then
    expect('zset', AREA .. 'mail:' .. worker_id)
  end
end

local function take_slot(w, s)
  w.active = w.active + 1
  set_worker(w, 'a:' .. s.id, s.token)
  set_worker(w, 'active', w.active)
  if s.unacked ~= '0' then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    set_worker(w, 'mail', 0)
  end
end

local function accept(s)
  if s.accept_by ~= '0' then
    call('ZREM', AREA .. 'accepts', s.id)
    s.accept_by = '0'
  end
end

-- The worker's record may be gone; the session's deadlines go anyway.
local function leave_slot(w, s)
  accept(s)
  if s.release_by ~= '0' then
    call('ZREM', AREA .. 'graces', s.id)
    s.release_by = '0'
  end
  if w then
    w.active = w.active - 1
    w.gone[#w.gone + 1] = 'a:' .. s.id
    set_worker(w, 'active', w.active)
    if s.unacked ~= '0' then
      call('ZREM', AREA .. 'mail:' .. w.id, s.id)
    end
  end
end

local function write_worker(w)
  call_all('HSET', w.key, w.set)
  call_all('HDEL', w.key, w.gone)
  w.gone, w.set = {}, {}
end
