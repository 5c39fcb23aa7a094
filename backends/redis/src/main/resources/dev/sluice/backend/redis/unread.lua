-- How many messages nobody has acknowledged, and since when the oldest.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''
-- Result  seq, 'OK', of the urgent lane and of the normal one: how many, when the oldest was sent or 0
--
-- USES org

local reply = { org.seq, 'OK' }
for _, lane in ipairs({ 'urgent', 'normal' }) do
  local key = AREA .. 'lane:' .. lane
  expect('zset', key)
  local n = #reply
  reply[n + 1] = call('ZCARD', key)
  reply[n + 2] = match(call('ZRANGE', key, 0, 0)[1] or '0', '^%d+')
end
return reply
