-- Waiting sessions that a worker nacked, and how many: these are for others, and a worker with MAX_RETURNS of them
-- gets no work. Most stand in buckets, but they may be parked too.
local function own_returns(worker)
  local own = {}
  local list = redis.pcall('ZRANGE', AREA .. 'returns:' .. worker, 0, MAX_RETURNS - 1)
  for _, session in ipairs(list) do
    own[session] = true
  end
  return own, #list
end
