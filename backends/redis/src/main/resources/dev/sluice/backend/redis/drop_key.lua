-- Deletes a credential under all hashes that have it.
--
-- KEYS    1 {sluice}:keys  2 {sluice}:keys:<org>, as in add_key.lua  3 {sluice}:uses:<org>  4 {sluice}:expiries
-- ARGV    1 its id
-- Result  1 if there was one, else 0

redis.call('HLEN', KEYS[1])
redis.call('HLEN', KEYS[3])
redis.call('ZCARD', KEYS[4])
local all = redis.call('HGETALL', KEYS[2])
local found = 0
for i = 1, #all, 2 do
  if all[i + 1] == ARGV[1] then
    redis.call('HDEL', KEYS[1], all[i])
    redis.call('HDEL', KEYS[2], all[i])
    redis.call('ZREM', KEYS[4], all[i])
    found = 1
  end
end
redis.call('HDEL', KEYS[3], ARGV[1])
return found
