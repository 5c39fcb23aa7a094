-- Stores a credential under the hash of its secret, if none is there.
--
-- KEYS    1 {sluice}:keys  2 {sluice}:keys:<org>, hash: hash of a secret -> id of the credential
-- ARGV    1 hash  2 credential  3 its id
-- Result  1 stored, or 0

redis.call('HLEN', KEYS[2])
local stored = redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
if stored == 1 then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
end
return stored
