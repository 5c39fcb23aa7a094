-- A worker as an answer: its id, its record (field, value, ...; of a repeated field the last counts),
-- 1 if its credential was revoked, else 0, its standing nacks, and from how many on it gets messages
-- only.
local function worker_reply(w)
  local returns = redis.pcall('ZCARD', AREA .. 'returns:' .. w.id)
  return {
    w.id, call('HGETALL', w.key), revoked(w) and 1 or 0,
    type(returns) == 'number' and returns or 0, MAX_RETURNS,
  }
end
