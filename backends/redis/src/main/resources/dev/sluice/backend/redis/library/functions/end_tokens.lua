-- Stores ended tokens, and forgets some that have expired since.
--
-- KEYS    1 {sluice}:ended, hash: subject -> record, and the last number under '#'
--         2 {sluice}:ended-order, sorted set: subject -> number
--         3 {sluice}:ended-until, sorted set: subject -> when it may be forgotten
-- ARGV    1 subject  2 record  3 when it may be forgotten  4 now
-- Result  its number
function Functions.end_tokens(keys, args)
  local number = (redis.call('HGET', keys[1], '#') or 0) + 1
  redis.call('ZCARD', keys[2])
  local expired = redis.call('ZRANGEBYSCORE', keys[3], '-inf', args[4], 'LIMIT', 0, 64)
  for i = 1, #expired do
    redis.call('HDEL', keys[1], expired[i])
    redis.call('ZREM', keys[2], expired[i])
    redis.call('ZREM', keys[3], expired[i])
  end
  redis.call('HSET', keys[1], '#', number, args[1], args[2])
  redis.call('ZADD', keys[2], number, args[1])
  redis.call('ZADD', keys[3], args[3], args[1])
  return number
end
