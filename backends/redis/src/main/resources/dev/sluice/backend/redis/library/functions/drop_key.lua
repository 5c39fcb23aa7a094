-- Deletes a credential under all hashes that have it.
--
-- KEYS    1 {sluice}:keys  2 {sluice}:keys:<org>, as in add_key.lua  3 {sluice}:uses:<org>  4 {sluice}:expiries
-- ARGV    1 its id
-- Result  1 if there was one, else 0
function Functions.drop_key(keys, args)
  redis.call('HLEN', keys[1])
  redis.call('HLEN', keys[3])
  redis.call('ZCARD', keys[4])
  local all = redis.call('HGETALL', keys[2])
  local found = 0
  for i = 1, #all, 2 do
    if all[i + 1] == args[1] then
      redis.call('HDEL', keys[1], all[i])
      redis.call('HDEL', keys[2], all[i])
      redis.call('ZREM', keys[4], all[i])
      found = 1
    end
  end
  redis.call('HDEL', keys[3], args[1])
  return found
end
