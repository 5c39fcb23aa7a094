-- Counts the unacknowledged messages of both lanes.
--
-- Arguments  none
-- Result  for the urgent lane, then the normal one: number, when the oldest was sent or 0
function Functions.unread(args)
  local reply = { org.seq, 'OK' }
  for _, lane in ipairs(Inbox.LANES) do
    local key = AREA .. 'lane:' .. lane
    Step.expect('zset', key)
    Pages.append(reply, call('ZCARD', key), match(call('ZRANGE', key, 0, 0)[1] or '0', '^%d+'))
  end
  return reply
end
