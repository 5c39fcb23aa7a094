-- Lists the unacknowledged messages of a lane, the oldest first.
--
-- Arguments  2 lane: urgent or normal  3 sequence number to start after  4 limit
-- Result  messages (session, id, when last offered, content with its text cut, ...); sequence number and session of
--         the last entry if more follow, else '', ''
function Functions.lane(args)
  local lane, after, limit = args[2], args[3], args[4] + 0
  local key, messages = AREA .. 'lane:' .. lane, {}
  Step.expect('zset', key)
  local list = call('ZRANGEBYSCORE', key, '(' .. after, '+inf', 'WITHSCORES', 'LIMIT', 0, limit + 1)
  local more, session = Pages.cut(list, 2 * limit), ''
  for i = 1, #list, 2 do
    local id
    id, session = match(list[i], '^([^\31]+)\31(.+)$')
    -- Skips a damaged inbox.
    local content = redis.pcall('HGET', AREA .. 'messages:' .. session, id)
    local hidden_until = redis.pcall('ZSCORE', AREA .. 'offered:' .. session, Inbox.member(lane, id))
    if type(content) == 'string' and type(hidden_until) ~= 'table' then
      Pages.append(messages, session, id, Inbox.offered_at(hidden_until), Inbox.excerpt(content))
    end
  end
  return { org.seq, 'OK', messages, more and format('%d', list[#list]) or '', more and session or '' }
end
