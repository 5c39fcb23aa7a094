-- Stores a credential under the hash of its secret, if there is none.
--
-- Keys  1 {sluice}:keys  2 {sluice}:keys:<org>, hash: hash of a secret -> id of the credential
--       3 {sluice}:expiries, sorted set: hash -> when the credential expires
-- Arguments  1 hash  2 credential  3 its id  4 when it expires, or ''
-- Result  1 if stored, else 0
function Functions.add_key(keys, args)
  local all, ids, expiries = unpack(keys)
  local hash, credential, id, expires_at = unpack(args)
  -- These refuse keys of another type.
  redis.call('HLEN', ids)
  redis.call('ZCARD', expiries)
  local stored = redis.call('HSETNX', all, hash, credential)
  if stored == 1 then
    redis.call('HSET', ids, hash, id)
    if expires_at ~= '' then
      redis.call('ZADD', expiries, expires_at, hash)
    end
  end
  return stored
end
