-- Figures: counts of an org in buckets of five minutes.
--
--   {org}:figures:<bucket>  hash, for 8 days; <bucket> is its start in milliseconds, divided by their number in a bucket
--       <d><m>US<name>      the figure m of a name in the dimension d: p project, m model, h host; c hand-outs, d
--                           completed, f failed, m growth of costs
--       <d><m>              the same of all names for which there was no room
--       s<d>US<name>        a name with room; n<d>: their number
--       gauge               the last look at waiting work: when US waiting and oldest age of the rest, and for each
--                           project RS name US waiting US oldest age
--
-- No figure undoes half a step: damage loses counts only.

local function figures_key()
  return AREA .. 'figures:' .. format('%d', math.floor(now / BUCKET_MS))
end

-- True if the name has a place of its own in this dimension.
local function has_figures(key, dimension, name)
  local known = redis.pcall('HSETNX', key, 's' .. dimension .. '\31' .. name, '1')
  if known == 0 then
    return true
  end
  local names = redis.pcall('HINCRBY', key, 'n' .. dimension, '1')
  if type(names) == 'number' and names > MAX_SERIES then
    redis.pcall('HDEL', key, 's' .. dimension .. '\31' .. name)
    redis.pcall('HINCRBY', key, 'n' .. dimension, '-1')
    return false
  end
  -- The key would stay for good without this right.
  if type(redis.pcall('PEXPIRE', key, FIGURES_EXPIRE_MS)) ~= 'number' then
    redis.pcall('UNLINK', key)
  end
  return true
end

local function count_figure(key, dimension, metric, name, by)
  local field = dimension .. metric .. '\31' .. name
  if redis.pcall('HINCRBY', key, field, by) == by then
    -- INSERT
    if not has_figures(key, dimension, name) then
      redis.pcall('HDEL', key, field)
      redis.pcall('HINCRBY', key, dimension .. metric, by)
    end
  end
end

local function count_figures(metric, by, project, model, host)
  local key = figures_key()
  count_figure(key, 'p', metric, project, by)
  count_figure(key, 'm', metric, model, by)
  count_figure(key, 'h', metric, host, by)
end

-- The model in the content of a session.
local function model_in(content)
  return match(content, '^[^\n]*\31[^\31\n]*\29[^\31\n\29]*\29([^\31\n\29]*)\n') or ''
end

-- Counts for a session. `w`: its worker, or nil.
local function count_of(metric, by, s, w)
  local content = s.whole and s.content
  if not content then
    -- INSERT
    local row = read_row(s.id)
    content = row and row.content or ''
  end
  count_figures(metric, by, s.project, model_in(content), w and w.hostname or '')
end

-- Looks at waiting work, if the last look was a while ago.
local function gauge_figures()
  local key = figures_key()
  local last = redis.pcall('HGET', key, 'gauge')
  local at = type(last) == 'string' and match(last, '^(%d+)')
  local any = org.ready + org.parked + org.later + org.returned > 0
  if at and now - at < GAUGE_MS or not at and not any and redis.pcall('ZCARD', AREA .. 'leases') == 0
    -- The key would stay for good without this right.
    or type(redis.pcall('PEXPIRE', key, FIGURES_EXPIRE_MS)) ~= 'number' then
    return
  end
  local waiting, oldest, list = 0, 0, {}
  for _, name in ipairs(any and redis.pcall('ZRANGE', AREA .. 'queues', 0, -1) or {}) do
    local ok, p = pcall(project_of, name)
    local some = ok and p.ready + p.parked + p.later + p.returned or 0
    if some > 0 then
      local queued = oldest_of(p)
      local age = queued == 0 and 0 or math.max(0, now - queued)
      if has_figures(key, 'p', name) then
        list[#list + 1] = '\30' .. name .. '\31' .. format('%d\31%d', some, age)
      else
        waiting, oldest = waiting + some, math.max(oldest, age)
      end
    end
  end
  redis.pcall('HSET', key, 'gauge', NOW .. '\31' .. format('%d\31%d', waiting, oldest) .. table.concat(list))
  redis.pcall('PEXPIRE', key, FIGURES_EXPIRE_MS)
end
