-- Stores the credentials of a first start, once.
--
-- KEYS    1 {sluice}:first-keys  2 {sluice}:keys  3 ... {sluice}:keys:<org> of each credential, as in add_key.lua
-- ARGV    1 ... hash, credential, its id, ...
-- Result  1 if stored, 0 if another call did before

if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
for i = 2, #KEYS do
  redis.call('HLEN', KEYS[i])
end
redis.call('SET', KEYS[1], 1)
for i = 1, #ARGV, 3 do
  if redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('HSET', KEYS[2 + (i + 2) / 3], ARGV[i], ARGV[i + 2])
  end
end
return 1
