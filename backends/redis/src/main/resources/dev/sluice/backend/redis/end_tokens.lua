-- Stores ended tokens, and forgets some that have expired since.
--
-- KEYS    1 {sluice}:ended, hash: subject -> record, and the last number under '#'
--         2 {sluice}:ended-order, sorted set: subject -> number
--         3 {sluice}:ended-until, sorted set: subject -> when it may be forgotten
-- ARGV    1 subject  2 record  3 when it may be forgotten  4 now
-- Result  its number

local number = (redis.call('HGET', KEYS[1], '#') or 0) + 1
redis.call('ZCARD', KEYS[2])
local expired = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[4], 'LIMIT', 0, 64)
for i = 1, #expired do
  redis.call('HDEL', KEYS[1], expired[i])
  redis.call('ZREM', KEYS[2], expired[i])
  redis.call('ZREM', KEYS[3], expired[i])
end
redis.call('HSET', KEYS[1], '#', number, ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], number, ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
return number
