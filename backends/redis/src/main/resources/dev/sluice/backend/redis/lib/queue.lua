-- Sessions that leave the order of hand-out: lib/bucket.lua, lib/due.lua.

-- Decides to take a waiting session out of its bucket. Applied by leave_queue.
local function decide_leave_queue(s)
  if s.place == 'RETURNED' then
    expect('zset', AREA .. 'due')
    expect('zset', AREA .. 'returns:' .. s.nacked_by)
  end
  return decide_take(string.lower(s.place), s.set, s.project, s.score, s.id)
end

local function leave_queue(s, take)
  if s.place == 'RETURNED' then
    call('ZREM', AREA .. 'due', 'returned\31' .. s.id)
    call('ZREM', AREA .. 'returns:' .. s.nacked_by, s.id)
  end
  apply_take(take)
end
