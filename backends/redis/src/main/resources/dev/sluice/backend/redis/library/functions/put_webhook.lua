-- Adds, replaces or removes a webhook.
--
-- Keys  1 {sluice}:webhooks:<org>, hash: id -> version, space, text
--       2 {sluice}:webhook-orgs, set: orgs that have webhooks, or had some
-- Arguments  1 org  2 id  3 version that it must have, 0 to add it, '' to remove it  4 text  5 most webhooks of an org
-- Result  1 if done, else 0
function Functions.put_webhook(keys, args)
  local webhooks, orgs = unpack(keys)
  local its_org, id, version, text, most = unpack(args)
  -- This refuses a key of another type.
  redis.call('SISMEMBER', orgs, its_org)
  local stored = redis.call('HGET', webhooks, id)
  if version == '' then
    return redis.call('HDEL', webhooks, id)
  end
  local full = not stored and redis.call('HLEN', webhooks) >= tonumber(most)
  if full or (stored and string.match(stored, '^%d+') or '0') ~= version then
    return 0
  end
  redis.call('HSET', webhooks, id, string.format('%d %s', version + 1, text))
  redis.call('SADD', orgs, its_org)
  return 1
end
