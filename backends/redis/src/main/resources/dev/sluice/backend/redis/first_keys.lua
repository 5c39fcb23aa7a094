-- Stores the credentials of a first start, once and for all.
--
-- KEYS    1 {sluice}:first-keys  2 {sluice}:keys
-- ARGV    hash, credential, ...
-- Result  1 stored, or 0 another call did before

if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
redis.call('HLEN', KEYS[2])
redis.call('SET', KEYS[1], 1)
for i = 1, #ARGV, 2 do
  redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1])
end
return 1
