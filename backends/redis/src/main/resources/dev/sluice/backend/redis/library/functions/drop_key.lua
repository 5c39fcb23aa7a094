-- Deletes a credential under all hashes that have it.
--
-- Keys  1 {sluice}:keys  2 {sluice}:keys:<org>, as in functions/add_key.lua  3 {sluice}:uses:<org>  4 {sluice}:expiries
-- Arguments  1 its id
-- Result  1 if there was one, else 0
function Functions.drop_key(keys, args)
  local all, ids, uses, expiries = unpack(keys)
  local dropped = args[1]
  -- These refuse keys of another type.
  redis.call('HLEN', all)
  redis.call('HLEN', uses)
  redis.call('ZCARD', expiries)
  local found = 0
  for hash, id in pairs(Pages.map_of(redis.call('HGETALL', ids))) do
    if id == dropped then
      redis.call('HDEL', all, hash)
      redis.call('HDEL', ids, hash)
      redis.call('ZREM', expiries, hash)
      found = 1
    end
  end
  redis.call('HDEL', uses, dropped)
  return found
end
