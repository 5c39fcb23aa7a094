-- The most ended tokens that a call forgets.
local SOME = 64

-- Stores ended tokens, and forgets some that have expired since.
--
-- Keys  1 {sluice}:ended, hash: subject -> record, and the last number under '#'
--       2 {sluice}:ended-order, sorted set: subject -> number
--       3 {sluice}:ended-until, sorted set: subject -> when it may be forgotten
-- Arguments  1 subject  2 record  3 when it may be forgotten  4 now
-- Result  its number
function Functions.end_tokens(keys, args)
  local ended, order, till = unpack(keys)
  local subject, record, forget_at, time = unpack(args)
  local number = (redis.call('HGET', ended, '#') or 0) + 1
  -- This refuses a key of another type.
  redis.call('ZCARD', order)
  for _, expired in ipairs(redis.call('ZRANGEBYSCORE', till, '-inf', time, 'LIMIT', 0, SOME)) do
    redis.call('HDEL', ended, expired)
    redis.call('ZREM', order, expired)
    redis.call('ZREM', till, expired)
  end
  redis.call('HSET', ended, '#', number, subject, record)
  redis.call('ZADD', order, number, subject)
  redis.call('ZADD', till, forget_at, subject)
  return number
end
