-- Notes tokens that don't count any more, and forgets some that have expired since.
--
-- KEYS    1 {sluice}:ended, hash: subject -> record, and the last number under '#'
--         2 {sluice}:ended-order, sorted set: subject by number  3 {sluice}:ended-until, by its time to go
-- ARGV    1 subject  2 record  3 its time to go  4 now
-- Result  its number

local number = (redis.call('HGET', KEYS[1], '#') or 0) + 1
redis.call('ZCARD', KEYS[2])
local over = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[4], 'LIMIT', 0, 64)
for i = 1, #over do
  redis.call('HDEL', KEYS[1], over[i])
  redis.call('ZREM', KEYS[2], over[i])
  redis.call('ZREM', KEYS[3], over[i])
end
redis.call('HSET', KEYS[1], '#', number, ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], number, ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
return number
