-- The slots of a worker: lib/worker.lua has the layout.
--
--   {org}:claimed  sorted set, claimed session -> when it was claimed; {org}:claimed:<project> those of
--                  a project
--   {org}:accepts  sorted set, claimed session that wasn't accepted when a sweep looked at it, which is
--                  when the shortest accept time was over -> its accept deadline
--   {org}:graces   sorted set, stopped session that still holds its slot -> end of the grace

-- What take_slot and leave_slot write must be of its type.
local function check_slot(s, worker_id)
  expect('zset', AREA .. 'claimed')
  expect('zset', AREA .. 'claimed:' .. s.project)
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
  w.active = format('%d', w.active + 1)
  call('ZADD', AREA .. 'claimed', s.claimed, s.id)
  call('ZADD', AREA .. 'claimed:' .. s.project, s.claimed, s.id)
  if s.unacked ~= '0' then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    w.mail = '0'
    hint('M', w.id)
  end
end

-- `w` is nil if the worker's record is gone; the session's deadlines go anyway.
local function leave_slot(w, s)
  call('ZREM', AREA .. 'claimed', s.id)
  call('ZREM', AREA .. 'claimed:' .. s.project, s.id)
  settle_accept(s)
  if s.release_by ~= '0' then
    call('ZREM', AREA .. 'graces', s.id)
    s.release_by = '0'
  end
  if w then
    w.active = format('%d', w.active - 1)
    w.gone[#w.gone + 1] = 'a:' .. s.id
    if s.unacked ~= '0' then
      call('ZREM', AREA .. 'mail:' .. w.id, s.id)
    end
    hint('S', w.id)
  end
end
