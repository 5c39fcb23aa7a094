-- Stores the credentials of a first start, once.
--
-- Keys  1 {sluice}:first-keys  2 {sluice}:keys  3 ... {sluice}:keys:<org> of each credential, as in
--       functions/add_key.lua
-- Arguments  1 ... hash, credential, its id, ...
-- Result  1 if stored, 0 if another call did before
function Functions.first_keys(keys, args)
  local first, all = keys[1], keys[2]
  if redis.call('EXISTS', first) == 1 then
    return 0
  end
  for i = 2, #keys do
    -- This refuses a key of another type.
    redis.call('HLEN', keys[i])
  end
  redis.call('SET', first, 1)
  for i = 1, #args / 3 do
    local hash, credential, id = unpack(args, 3 * i - 2, 3 * i)
    if redis.call('HSETNX', all, hash, credential) == 1 then
      redis.call('HSET', keys[2 + i], hash, id)
    end
  end
  return 1
end
