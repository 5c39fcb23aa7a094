-- Messages to a session; lib/ending.lua has the layout.

local function check_post(s)
  for _, kind in ipairs({ 'urgent', 'normal', 'offered' }) do
    expect('zset', AREA .. kind .. ':' .. s.id)
  end
  expect('hash', AREA .. 'messages:' .. s.id)
  if s.place == 'CLAIMED' then
    expect('zset', AREA .. 'mail:' .. s.owner)
  end
end

-- Stores a message and answers its id. `w` is the record of the owner, if there is one.
local function post(s, w, lane, content)
  local number = format('%d', org.seq + 1)
  local id = NOW .. '-' .. number
  call('HSET', AREA .. 'messages:' .. s.id, id, content)
  call('ZADD', AREA .. lane .. ':' .. s.id, number, id)
  s.unacked = format('%d', s.unacked + 1)
  if w then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    w.mail = '0'
    hint('M', w.id)
  end
  return id
end
