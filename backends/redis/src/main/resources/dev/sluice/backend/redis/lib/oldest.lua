-- Since when the oldest work of a project waits.
--
-- Within a priority the order of hand-out is that of enqueue times, so the first entry of each
-- priority in each bucket tells: its score holds both. Of work put in front, the records tell.
--
-- It may be asked when all is written, so what is damaged counts as not there.

local ONE_PRIORITY = 10000000000000

-- The entry at or behind that score, or nil.
local function entry_from(key, score)
  return redis.pcall('ZRANGEBYLEX', key, '[' .. format('%016d', score), '+', 'LIMIT', 0, 1)[1]
end

-- The smallest enqueue time in the records of the foremost of these entries, or `oldest`. No two
-- have the same score.
local function oldest_of_front(entries, oldest)
  table.sort(entries, function(a, b) return sub(a, 1, 16) < sub(b, 1, 16) end)
  local keys = {}
  for i = 1, math.min(#entries, FRONT_LOOKED_AT) do
    keys[i] = AREA .. 's:' .. sub(entries[i], 18)
  end
  local lines = #keys > 0 and redis.pcall('MGET', unpack(keys)) or {}
  for i = 1, #keys do
    local s = lines[i] and parse_session('', lines[i])
    if s then
      oldest = math.min(oldest or s.queued + 0, s.queued + 0)
    end
  end
  return oldest
end

-- The smallest enqueue time of the ready and returned work of that queue; 0 for none.
local function oldest_of(p)
  local oldest, fronted = nil, {}
  for _, kind in ipairs({ 'ready', 'returned' }) do
    if p[kind] > 0 then
      local ok, ids = pcall(sets_of, p.name)
      for _, set_id in ipairs(ok and ids or {}) do
        local key = AREA .. kind .. ':' .. set_id .. ':' .. p.name
        local entry = redis.pcall('ZRANGE', key, 0, 0)[1]
        local score = entry and tonumber(sub(entry, 1, 16))
        while score do
          if score < ONE_PRIORITY then
            for _, each in ipairs(redis.pcall('ZRANGEBYLEX', key, '-',
              '(' .. format('%016d', ONE_PRIORITY), 'LIMIT', 0, FRONT_LOOKED_AT)) do
              fronted[#fronted + 1] = each
            end
          else
            local queued = score % ONE_PRIORITY
            oldest = math.min(oldest or queued, queued)
          end
          entry = entry_from(key, (math.floor(score / ONE_PRIORITY) + 1) * ONE_PRIORITY)
          score = entry and tonumber(sub(entry, 1, 16))
        end
      end
    end
  end
  return oldest_of_front(fronted, oldest) or 0
end
