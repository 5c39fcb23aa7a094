-- Counts the unacknowledged messages of both lanes.
--
-- ARGV    none
-- Result  for the urgent lane, then the normal one: number, when the oldest was sent or 0
function Functions.unread(args)
  local reply = { org.seq, 'OK' }
  for _, lane in ipairs({ 'urgent', 'normal' }) do
    local key = AREA .. 'lane:' .. lane
    Step.expect('zset', key)
    local n = #reply
    reply[n + 1] = call('ZCARD', key)
    reply[n + 2] = match(call('ZRANGE', key, 0, 0)[1] or '0', '^%d+')
  end
  return reply
end
