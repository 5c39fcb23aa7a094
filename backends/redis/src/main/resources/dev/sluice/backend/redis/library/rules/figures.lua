-- Figures: counts of an org in buckets of five minutes.
--
--   {org}:figures:<bucket>  hash, for 8 days; <bucket> is its start in milliseconds, divided by their number in a bucket
--       <d><m>US<name>      the figure m of a name in the dimension d: p project, m model, h host; c hand-outs, d
--                           completed, f failed, m growth of costs
--       <d><m>              the same of all names for which there was no room
--       s<d>US<name>        a name with room; n<d>: their number
--       gauge               the last look at waiting work: when US waiting and oldest age of the rest, and for each
--                           project RS name US waiting US oldest age
--   {org}:figures:<bucket>:<d>
--                           hash, for two buckets: the project that has a name, in the dimensions m and h. Names without
--                           one give no room to others
--   {org}:figures:new       hash: <bucket>US<m>US<project>US<model>US<host> -> its growth since the last sweep, which adds
--                           it to the bucket. So a call that counts writes one field instead of one for each dimension.
--                           With MAX_NEW_FIGURES fields, new ones are added to their bucket at once
--
-- No figure undoes half a step: damage loses counts only. A full Redis loses none: count where a step has written.

local function new_figures()
  return AREA .. 'figures:new'
end

function Figures.this_bucket()
  return format('%d', math.floor(now / Rules.BUCKET_MS))
end

function Figures.key_of(bucket)
  return AREA .. 'figures:' .. bucket
end

-- Lets a key end by itself. Deletes it if the user of Redis lacks the right, since it would stay for good.
function Figures.let_expire(key, ms)
  if type(redis.pcall('PEXPIRE', key, ms or Rules.FIGURES_EXPIRE_MS)) == 'number' then
    return true
  end
  redis.pcall('UNLINK', key)
  return false
end

-- The field of a figure, by whether the name has a place of its own.
function Figures.field(known, dimension, metric, name)
  return dimension .. metric .. (known and '\31' .. name or '')
end

-- Calls `found` for each dimension of each new figure, with bucket, dimension, metric, name and growth.
function Figures.each_new(found)
  local all = redis.pcall('HGETALL', new_figures())
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

function Figures.projects_of_names(bucket, dimension)
  return Figures.key_of(bucket) .. ':' .. dimension
end

-- The sums of figures with a place of their own, new ones included, by field.
function Figures.sums_of(bucket, dimension)
  local all, sums = redis.pcall('HGETALL', Figures.key_of(bucket)), {}
  for i = 1, #all, 2 do
    sums[all[i]] = tonumber(all[i + 1])
  end
  Figures.each_new(function(of, in_dimension, metric, name, by)
    if of == bucket and in_dimension == dimension then
      local field = Figures.field(true, dimension, metric, name)
      sums[field] = (sums[field] or 0) + (tonumber(by) or 0)
    end
  end)
  return sums
end

-- The name of the project for which the least is counted: items, then costs; of equal ones the last name.
-- `projects_of`: names and their projects.
function Figures.least_name(bucket, dimension, projects_of, project)
  local sums, least = Figures.sums_of(bucket, dimension), nil
  local function sum_of(metric, name)
    return sums[Figures.field(true, dimension, metric, name)] or 0
  end
  for i = 1, #projects_of, 2 do
    local name = projects_of[i]
    if projects_of[i + 1] == project then
      local items, cost = sum_of('c', name) + sum_of('d', name) + sum_of('f', name), sum_of('m', name)
      if not least or items < least.items or items == least.items
        and (cost < least.cost or cost == least.cost and Pages.bytes_before(least.name, name)) then
        least = { name = name, items = items, cost = cost }
      end
    end
  end
  return least.name
end

-- Moves the figures of a name to the rest. Its new ones follow with the next sweep.
function Figures.move_to_rest(bucket, dimension, name)
  local key = Figures.key_of(bucket)
  for _, metric in ipairs({ 'c', 'd', 'f', 'm' }) do
    local field = Figures.field(true, dimension, metric, name)
    local counted = redis.pcall('HGET', key, field)
    if type(counted) == 'string' then
      Step.try(call, 'HINCRBY', key, Figures.field(false, dimension, metric), counted)
      redis.pcall('HDEL', key, field)
    end
  end
  redis.pcall('HDEL', key, 's' .. dimension .. '\31' .. name)
  redis.pcall('HINCRBY', key, 'n' .. dimension, '-1')
  redis.pcall('HDEL', Figures.projects_of_names(bucket, dimension), name)
end

-- Moves the least name of the project with the most names to the rest. False if that has less than two names more than
-- this project.
function Figures.make_room(bucket, dimension, project)
  local projects_of, counts, most = redis.pcall('HGETALL', Figures.projects_of_names(bucket, dimension)), {}, nil
  for i = 2, #projects_of, 2 do
    counts[projects_of[i]] = (counts[projects_of[i]] or 0) + 1
  end
  for name, have in pairs(counts) do
    if not most or have > counts[most] or have == counts[most] and Pages.bytes_before(name, most) then
      most = name
    end
  end
  if not most or counts[most] < (counts[project] or 0) + 2 then
    return false
  end
  Figures.move_to_rest(bucket, dimension, Figures.least_name(bucket, dimension, projects_of, most))
  return true
end

-- True if the name has a place of its own in this dimension, or gets one, as a name of this project.
function Figures.has_place(bucket, dimension, name, project)
  local key = Figures.key_of(bucket)
  local known = redis.pcall('HSETNX', key, 's' .. dimension .. '\31' .. name, '1')
  if known == 0 then
    return true
  end
  local names, room = redis.pcall('HINCRBY', key, 'n' .. dimension, '1'), true
  if type(names) == 'number' and names > Rules.MAX_SERIES then
    room = dimension ~= 'p' and Figures.make_room(bucket, dimension, project)
  end
  if not room then
    redis.pcall('HDEL', key, 's' .. dimension .. '\31' .. name)
    redis.pcall('HINCRBY', key, 'n' .. dimension, '-1')
    return false
  end
  Figures.let_expire(key)
  if dimension ~= 'p' then
    redis.pcall('HSET', Figures.projects_of_names(bucket, dimension), name, project)
    Figures.let_expire(Figures.projects_of_names(bucket, dimension), 2 * Rules.BUCKET_MS)
  end
  return true
end

-- Adds to a figure of a name, which has a place of its own or is counted with the rest.
function Figures.grow(key, dimension, metric, name, by)
  local known = redis.pcall('HGET', key, 's' .. dimension .. '\31' .. name) == '1'
  Step.try(call, 'HINCRBY', key, Figures.field(known, dimension, metric, name), by)
end

function Figures.count(metric, by, project, model, host)
  local bucket = Figures.this_bucket()
  local new = bucket .. '\31' .. metric .. '\31' .. project .. '\31' .. model .. '\31' .. host
  if Step.try(call, 'HINCRBY', new_figures(), new, by) == by then
    Figures.let_expire(new_figures())
    local key, full = Figures.key_of(bucket), redis.pcall('HLEN', new_figures())
    full = type(full) == 'number' and full > Rules.MAX_NEW_FIGURES
    for dimension, name in pairs({ p = project, m = model, h = host }) do
      Figures.has_place(bucket, dimension, name, project)
      if full then
        Figures.grow(key, dimension, metric, name, by)
      end
    end
    if full then
      redis.pcall('HDEL', new_figures(), new)
      Figures.let_expire(key)
    end
  end
end

-- Adds the new figures to their buckets.
function Figures.add_new()
  local sums = {}
  Figures.each_new(function(bucket, dimension, metric, name, by)
    local figures = sums[bucket] or {}
    local figure = dimension .. metric .. '\31' .. name
    sums[bucket], figures[figure] = figures, (figures[figure] or 0) + (tonumber(by) or 0)
  end)
  for bucket, figures in pairs(sums) do
    for figure, by in pairs(figures) do
      Figures.grow(Figures.key_of(bucket), sub(figure, 1, 1), sub(figure, 2, 2), sub(figure, 4), format('%d', by))
    end
    Figures.let_expire(Figures.key_of(bucket))
  end
  redis.pcall('UNLINK', new_figures())
end

-- The model in the content of a session. `enqueued`: when it was created US sequence number of its enqueue.
function Figures.model_in(content, enqueued)
  local from = find(content, '\31' .. enqueued .. '\31', 1, true)
  return from and match(content, '^%d+\31%d+\31([^\29\n]*)\29', from + #enqueued + 2) or ''
end

-- Counts for a session. `w`: its worker, or nil.
function Figures.count_session(metric, by, s, w)
  local content = s.whole and s.content
  if not content then
    content = Sessions.read_head(s.id) or ''
  end
  local model = Figures.model_in(content, s.created .. '\31' .. s.created_seq)
  Figures.count(metric, by, s.project, model, w and w.hostname or '')
end

-- Looks at waiting work, if the last look was a while ago.
function Figures.gauge()
  local bucket = Figures.this_bucket()
  local key = Figures.key_of(bucket)
  local last = redis.pcall('HGET', key, 'gauge')
  local at = type(last) == 'string' and match(last, '^(%d+)')
  local unseen = org.ready + org.parked + org.later + org.returned
  if at and now - at < Rules.GAUGE_MS or not at and unseen == 0 and redis.pcall('ZCARD', AREA .. 'leases') == 0
    or not Figures.let_expire(key) then
    return
  end
  local waiting, oldest, list, seen = 0, 0, {}, 0
  for _, name in ipairs(unseen > 0 and redis.pcall('ZRANGE', AREA .. 'queues', 0, -1) or {}) do
    local ok, p = pcall(Queues.of, name)
    local some = ok and p.ready + p.parked + p.later + p.returned or 0
    if some > 0 then
      local queued = Queues.oldest_of(p)
      local age = queued == 0 and 0 or math.max(0, now - queued)
      if Figures.has_place(bucket, 'p', name, name) then
        list[#list + 1] = '\30' .. name .. '\31' .. format('%d\31%d', some, age)
      else
        waiting, oldest = waiting + some, math.max(oldest, age)
      end
      seen, unseen = seen + 1, unseen - some
      if seen == Rules.MAX_GAUGED or unseen <= 0 then
        break
      end
    end
  end
  waiting = waiting + math.max(unseen, 0)
  redis.pcall('HSET', key, 'gauge', NOW .. '\31' .. format('%d\31%d', waiting, oldest) .. table.concat(list))
  redis.pcall('PEXPIRE', key, Rules.FIGURES_EXPIRE_MS)
end
