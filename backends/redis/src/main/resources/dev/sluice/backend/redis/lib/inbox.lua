-- Messages to a session; lib/ending.lua has the layout.

-- What a message counts: its text stands behind a line of JSON.
local function bytes_of_message(content)
  return LINE_BYTES + #content - (find(content, '\n', 1, true) or 0)
end

-- So many bytes more of its messages are stored. After its last one nothing is left.
local function count_texts(s, by)
  local bytes = (call('HGET', AREA .. 'texts', s.id) or 0) + by
  if s.unacked == '0' then
    count_bytes(by - bytes)
    call('HDEL', AREA .. 'texts', s.id)
  else
    count_bytes(by)
    call('HSET', AREA .. 'texts', s.id, format('%d', bytes))
  end
end

local function check_post(s)
  for _, kind in ipairs({ 'urgent', 'normal', 'offered', 'nudges' }) do
    expect('zset', AREA .. kind .. ':' .. s.id)
  end
  expect('zset', AREA .. 'lane:urgent')
  expect('zset', AREA .. 'lane:normal')
  expect('hash', AREA .. 'messages:' .. s.id)
  expect('hash', AREA .. 'texts')
  if s.told == '1' then
    expect('hash', AREA .. 'told:' .. s.id)
  end
  if s.place == 'CLAIMED' then
    expect('zset', AREA .. 'mail:' .. s.owner)
  end
end
