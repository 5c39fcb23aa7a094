-- Damaged records, for the health check to name.
--
--   {org}:damaged  sorted set: session id; `inbox` US session id, `bucket` US its name, `worker` US
--                  worker id, `queue` US project -> when it was last met; at most 100

local function note_damage(names)
  local list = {}
  for i = 1, math.min(#names, 100) do
    list[2 * i - 1] = now
    list[2 * i] = names[i]
  end
  -- A note that can't be taken must not undo half a step.
  redis.pcall('ZADD', AREA .. 'damaged', unpack(list))
  redis.pcall('ZREMRANGEBYRANK', AREA .. 'damaged', 0, -101)
end

local function tells_damage(text)
  return find(text, 'WRONGTYPE', 1, true) or find(text, 'SLUICE-DAMAGED', 1, true)
end

-- Runs one entry's step. Answers false if the entry's records are damaged: then it wrote nothing.
local function passes(step, ...)
  local ok, why = pcall(step, ...)
  if ok then
    return why ~= false
  end
  local text = type(why) == 'table' and why.err or tostring(why)
  if not tells_damage(text) then
    error(text, 0)
  end
  return false
end
