-- Stores the credentials of a first start, once.
--
-- KEYS    1 {sluice}:first-keys  2 {sluice}:keys  3 ... {sluice}:keys:<org> of each credential, as in add_key.lua
-- ARGV    1 ... hash, credential, its id, ...
-- Result  1 if stored, 0 if another call did before
function Functions.first_keys(keys, args)
  if redis.call('EXISTS', keys[1]) == 1 then
    return 0
  end
  for i = 2, #keys do
    redis.call('HLEN', keys[i])
  end
  redis.call('SET', keys[1], 1)
  for i = 1, #args, 3 do
    if redis.call('HSETNX', keys[2], args[i], args[i + 1]) == 1 then
      redis.call('HSET', keys[2 + (i + 2) / 3], args[i], args[i + 2])
    end
  end
  return 1
end
