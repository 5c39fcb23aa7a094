-- Lists the unacknowledged messages of a lane, the oldest first.
--
-- ARGV    2 lane: urgent or normal  3 sequence number to start after  4 limit
-- Result  messages (session, id, when last offered, content with its text cut, ...); sequence number and session of
--         the last entry if more follow, else '', ''
function Functions.lane(args)
  local key, limit = AREA .. 'lane:' .. args[2], args[4] + 0
  Step.expect('zset', key)
  local list = call('ZRANGEBYSCORE', key, '(' .. args[3], '+inf', 'WITHSCORES', 'LIMIT', 0, limit + 1)
  local letter, messages, number, last = sub(args[2], 1, 1), {}, '', ''
  for i = 1, math.min(#list, 2 * limit), 2 do
    local id, session = match(list[i], '^([^\31]+)\31(.+)$')
    number, last = format('%d', list[i + 1]), session
    -- Skips a damaged inbox.
    local content = redis.pcall('HGET', AREA .. 'messages:' .. session, id)
    local hidden_until = redis.pcall('ZSCORE', AREA .. 'offered:' .. session, letter .. id)
    if type(content) == 'string' and type(hidden_until) ~= 'table' then
      local n = #messages
      messages[n + 1], messages[n + 2], messages[n + 3], messages[n + 4] =
        session, id, Inbox.offered_at(hidden_until), Inbox.excerpt(content)
    end
  end
  local more = #list > 2 * limit
  return { org.seq, 'OK', messages, more and number or '', more and last or '' }
end
