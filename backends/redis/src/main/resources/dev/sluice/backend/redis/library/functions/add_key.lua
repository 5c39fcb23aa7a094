-- Stores a credential under the hash of its secret, if there is none.
--
-- KEYS    1 {sluice}:keys  2 {sluice}:keys:<org>, hash: hash of a secret -> id of the credential
--         3 {sluice}:expiries, sorted set: hash -> when the credential expires
-- ARGV    1 hash  2 credential  3 its id  4 when it expires, or ''
-- Result  1 if stored, else 0
function Functions.add_key(keys, args)
  redis.call('HLEN', keys[2])
  redis.call('ZCARD', keys[3])
  local stored = redis.call('HSETNX', keys[1], args[1], args[2])
  if stored == 1 then
    redis.call('HSET', keys[2], args[1], args[3])
    if args[4] ~= '' then
      redis.call('ZADD', keys[3], args[4], args[1])
    end
  end
  return stored
end
