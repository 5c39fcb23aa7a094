-- Messages to a session; lib/ending.lua has the layout.

local function check_post(s)
  for _, kind in ipairs({ 'urgent', 'normal', 'offered', 'nudges' }) do
    expect('zset', AREA .. kind .. ':' .. s.id)
  end
  expect('zset', AREA .. 'lane:urgent')
  expect('zset', AREA .. 'lane:normal')
  expect('hash', AREA .. 'messages:' .. s.id)
  if s.told == '1' then
    expect('hash', AREA .. 'told:' .. s.id)
  end
  if s.place == 'CLAIMED' then
    expect('zset', AREA .. 'mail:' .. s.owner)
  end
end
