-- Stores a credential under the hash of its secret, if there is none.
--
-- KEYS    1 {sluice}:keys  2 {sluice}:keys:<org>, hash: hash of a secret -> id of the credential
--         3 {sluice}:expiries, sorted set: hash -> when the credential expires
-- ARGV    1 hash  2 credential  3 its id  4 when it expires, or ''
-- Result  1 if stored, else 0

redis.call('HLEN', KEYS[2])
redis.call('ZCARD', KEYS[3])
local stored = redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
if stored == 1 then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
  if ARGV[4] ~= '' then
    redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
  end
end
return stored
