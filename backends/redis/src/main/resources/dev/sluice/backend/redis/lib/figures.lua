-- Figures: counts of an org in buckets of five minutes.
--
--   {org}:figures:<bucket>  hash, for 8 days; <bucket> is its start in milliseconds, divided by their number in a bucket
--       <d><m>US<name>      the figure m of a name in the dimension d: p project, m model, h host; c hand-outs, d
--                           completed, f failed, m growth of costs
--       <d><m>              the same of all names for which there was no room
--       s<d>US<name>        a name with room; n<d>: their number
--       gauge               the last look at waiting work: when US waiting and oldest age of the rest, and for each
--                           project RS name US waiting US oldest age
--   {org}:figures:new       hash: <bucket>US<m>US<project>US<model>US<host> -> its growth since the last sweep, which adds
--                           it to the bucket. So a call that counts writes one field instead of one for each dimension.
--                           With MAX_NEW_FIGURES fields, new ones are added to their bucket at once
--
-- No figure undoes half a step: damage loses counts only. A full Redis loses none: count where a step has written.

local NEW_FIGURES = AREA .. 'figures:new'

local function this_bucket()
  return format('%d', math.floor(now / BUCKET_MS))
end

local function figures_of(bucket)
  return AREA .. 'figures:' .. bucket
end

-- Lets a key end by itself. Deletes it if the user of Redis lacks the right, since it would stay for good.
local function let_expire(key)
  if type(redis.pcall('PEXPIRE', key, FIGURES_EXPIRE_MS)) == 'number' then
    return true
  end
  redis.pcall('UNLINK', key)
  return false
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
  let_expire(key)
  return true
end

-- The field of a figure, by whether the name has a place of its own.
local function figure_field(known, dimension, metric, name)
  return dimension .. metric .. (known and '\31' .. name or '')
end

-- Adds to a figure of a name, which has a place of its own or is counted with the rest.
local function grow_figure(key, dimension, metric, name, by)
  local known = redis.pcall('HGET', key, 's' .. dimension .. '\31' .. name) == '1'
  try_write(call, 'HINCRBY', key, figure_field(known, dimension, metric, name), by)
end

local function count_figures(metric, by, project, model, host)
  local bucket = this_bucket()
  local new = bucket .. '\31' .. metric .. '\31' .. project .. '\31' .. model .. '\31' .. host
  if try_write(call, 'HINCRBY', NEW_FIGURES, new, by) == by then
    -- INSERT
    let_expire(NEW_FIGURES)
    local key, full = figures_of(bucket), redis.pcall('HLEN', NEW_FIGURES)
    full = type(full) == 'number' and full > MAX_NEW_FIGURES
    for dimension, name in pairs({ p = project, m = model, h = host }) do
      has_figures(key, dimension, name)
      if full then
        grow_figure(key, dimension, metric, name, by)
      end
    end
    if full then
      redis.pcall('HDEL', NEW_FIGURES, new)
      let_expire(key)
    end
  end
end

-- Calls `found` for each dimension of each new figure, with bucket, dimension, metric, name and growth.
local function each_new_figure(found)
  local all = redis.pcall('HGETALL', NEW_FIGURES)
  for i = 1, #all, 2 do
    local bucket, metric, project, model, host =
      match(all[i], '^(%d+)\31(%l)\31([^\31]*)\31([^\31]*)\31([^\31]*)$')
    if bucket then
      found(bucket, 'p', metric, project, all[i + 1])
      found(bucket, 'm', metric, model, all[i + 1])
      found(bucket, 'h', metric, host, all[i + 1])
    end
  end
end

-- Adds the new figures to their buckets.
local function add_new_figures()
  local sums = {}
  each_new_figure(function(bucket, dimension, metric, name, by)
    local figures = sums[bucket] or {}
    local figure = dimension .. metric .. '\31' .. name
    sums[bucket], figures[figure] = figures, (figures[figure] or 0) + (tonumber(by) or 0)
  end)
  for bucket, figures in pairs(sums) do
    for figure, by in pairs(figures) do
      grow_figure(figures_of(bucket), sub(figure, 1, 1), sub(figure, 2, 2), sub(figure, 4), format('%d', by))
    end
    let_expire(figures_of(bucket))
  end
  redis.pcall('UNLINK', NEW_FIGURES)
end

-- The model in the content of a session. `enqueued`: when it was created US sequence number of its enqueue.
local function model_in(content, enqueued)
  local from = find(content, '\31' .. enqueued .. '\31', 1, true)
  return from and match(content, '^%d+\31%d+\31([^\29\n]*)\29', from + #enqueued + 2) or ''
end

-- Counts for a session. `w`: its worker, or nil.
local function count_of(metric, by, s, w)
  local content = s.whole and s.content
  if not content then
    -- INSERT
    content = read_head(s.id) or ''
  end
  local model = model_in(content, s.created .. '\31' .. s.created_seq)
  count_figures(metric, by, s.project, model, w and w.hostname or '')
end

-- Looks at waiting work, if the last look was a while ago.
local function gauge_figures()
  local key = figures_of(this_bucket())
  local last = redis.pcall('HGET', key, 'gauge')
  local at = type(last) == 'string' and match(last, '^(%d+)')
  local unseen = org.ready + org.parked + org.later + org.returned
  if at and now - at < GAUGE_MS or not at and unseen == 0 and redis.pcall('ZCARD', AREA .. 'leases') == 0
    or not let_expire(key) then
    return
  end
  local waiting, oldest, list, seen = 0, 0, {}, 0
  for _, name in ipairs(unseen > 0 and redis.pcall('ZRANGE', AREA .. 'queues', 0, -1) or {}) do
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
      seen, unseen = seen + 1, unseen - some
      if seen == MAX_GAUGED or unseen <= 0 then
        break
      end
    end
  end
  waiting = waiting + math.max(unseen, 0)
  redis.pcall('HSET', key, 'gauge', NOW .. '\31' .. format('%d\31%d', waiting, oldest) .. table.concat(list))
  redis.pcall('PEXPIRE', key, FIGURES_EXPIRE_MS)
end
