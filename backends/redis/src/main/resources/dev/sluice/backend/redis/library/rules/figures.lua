-- Figures: counts of an org in buckets of five minutes.
--
--   {org}:figures:<bucket>  hash, for 8 days; <bucket> is its start in milliseconds, divided by their number in a bucket
--       <d><m>US<name>      the figure m of a name in the dimension d: p project, m model, h host, k cause; c hand-outs,
--                           d completed, f failed, m growth of costs
--       <d><m>              the same of all names for which there was no room
--       s<d>US<name>        1 for a name with room; n<d>: the number of such names
--       gauge               the last look at waiting work: when US waiting and oldest age of the rest, and for each
--                           project RS name US waiting US oldest age
--   {org}:figures:<bucket>:<d>
--                           hash, for two buckets: name -> its project, in the dimensions m, h and k. A name without a
--                           project gives no room to others
--   {org}:figures:new       hash: <bucket>US<m>US<project>US<model>US<host>, or <bucket>US<m>US<project>US<cause> -> its
--                           growth since the last sweep, which adds it to the bucket. So a call that counts writes one
--                           field instead of one for each dimension. If there are MAX_NEW_FIGURES fields, new ones are
--                           added to their bucket at once
--
-- No figure undoes half a step: damage loses counts only. A full Redis loses none: count where a step has written.

-- The field of a new figure: bucket, metric, project, model, host.
local NEW_FIELD = '^(%d+)\31(%l)\31([^\31]*)\31([^\31]*)\31([^\31]*)$'

-- That of a cause: bucket, metric, project, cause.
local NEW_CAUSE = '^(%d+)\31(%l)\31([^\31]*)\31([^\31]*)$'

local function new_figures()
  return AREA .. 'figures:new'
end

local function this_bucket()
  return format('%d', math.floor(now / Rules.BUCKET_MS))
end

local function key_of(bucket)
  return AREA .. 'figures:' .. bucket
end

local function projects_key(bucket, dimension)
  return key_of(bucket) .. ':' .. dimension
end

-- Returns the field that tells that a name has room.
local function room_field(dimension, name)
  return 's' .. dimension .. '\31' .. name
end

-- Returns the field of a figure. `has_room`: the name has a field of its own.
local function figure_field(has_room, dimension, metric, name)
  return dimension .. metric .. (has_room and '\31' .. name or '')
end

-- Lets a key expire. Deletes it if the user of Redis lacks the right, since it would stay for good; returns false then.
local function let_expire(key, ms)
  if type(redis.pcall('PEXPIRE', key, ms or Rules.FIGURES_EXPIRE_MS)) == 'number' then
    return true
  end
  redis.pcall('UNLINK', key)
  return false
end

-- Reads the field of a new figure. Returns bucket, metric, project, and the names by dimension; nil for another field.
local function parts_of(field)
  local bucket, metric, project, model, host = match(field, NEW_FIELD)
  if bucket then
    return bucket, metric, project, { p = project, m = model, h = host }
  end
  local cause
  bucket, metric, project, cause = match(field, NEW_CAUSE)
  return bucket, metric, project, { k = cause }
end

-- Calls `found` for each dimension of each new figure, with bucket, dimension, metric, name and growth.
local function each_new(found)
  local all = redis.pcall('HGETALL', new_figures())
  for i = 1, #all, 2 do
    local bucket, metric, _, names = parts_of(all[i])
    local by = tonumber(all[i + 1]) or 0
    if bucket then
      for dimension, name in pairs(names) do
        found(bucket, dimension, metric, name, by)
      end
    end
  end
end

-- Returns the items and the costs of names with room, with what is new, by name.
local function sums_of(bucket, dimension)
  local items, costs = {}, {}
  local function add(metric, name, by)
    local sums = metric == 'm' and costs or items
    sums[name] = (sums[name] or 0) + by
  end
  for field, by in pairs(Pages.map_of(redis.pcall('HGETALL', key_of(bucket)))) do
    local metric, name = match(field, '^' .. dimension .. '([cdfm])\31(.*)$')
    if metric then
      add(metric, name, tonumber(by) or 0)
    end
  end
  each_new(function(of, in_dimension, metric, name, by)
    if of == bucket and in_dimension == dimension then
      add(metric, name, by)
    end
  end)
  return items, costs
end

-- Returns the name of the project for which the least is counted: items, then costs; of equal ones the last name.
-- `projects_of`: names and their projects.
local function least_name(bucket, dimension, projects_of, project)
  local items, costs = sums_of(bucket, dimension)
  local least
  local function is_less(name)
    local more_items, more_costs = (items[name] or 0) - (items[least] or 0), (costs[name] or 0) - (costs[least] or 0)
    return more_items < 0 or more_items == 0 and (more_costs < 0 or more_costs == 0 and Pages.bytes_before(least, name))
  end
  for name, its_project in pairs(projects_of) do
    if its_project == project and (not least or is_less(name)) then
      least = name
    end
  end
  return least
end

-- Takes the room of a name away.
local function give_up_room(bucket, dimension, name)
  local key = key_of(bucket)
  redis.pcall('HDEL', key, room_field(dimension, name))
  redis.pcall('HINCRBY', key, 'n' .. dimension, '-1')
end

-- Adds the figures of a name to those without room. Its new ones follow with the next sweep.
local function move_to_rest(bucket, dimension, name)
  local key = key_of(bucket)
  for _, metric in ipairs({ 'c', 'd', 'f', 'm' }) do
    local field = figure_field(true, dimension, metric, name)
    local counted = redis.pcall('HGET', key, field)
    if type(counted) == 'string' then
      Step.try(call, 'HINCRBY', key, figure_field(false, dimension, metric), counted)
      redis.pcall('HDEL', key, field)
    end
  end
  give_up_room(bucket, dimension, name)
  redis.pcall('HDEL', projects_key(bucket, dimension), name)
end

-- Takes the room of the least name of the project with the most names. False if that project doesn't have at least two
-- names more than this one.
local function make_room(bucket, dimension, project)
  local projects_of = Pages.map_of(redis.pcall('HGETALL', projects_key(bucket, dimension)))
  local counts, most = {}, nil
  for _, of in pairs(projects_of) do
    counts[of] = (counts[of] or 0) + 1
  end
  for name, have in pairs(counts) do
    if not most or have > counts[most] or have == counts[most] and Pages.bytes_before(name, most) then
      most = name
    end
  end
  if not most or counts[most] < (counts[project] or 0) + 2 then
    return false
  end
  move_to_rest(bucket, dimension, least_name(bucket, dimension, projects_of, most))
  return true
end

-- True if the name has room in this dimension, or gets some, as a name of this project.
local function has_room(bucket, dimension, name, project)
  local key = key_of(bucket)
  if redis.pcall('HSETNX', key, room_field(dimension, name), '1') == 0 then
    return true
  end
  local names = redis.pcall('HINCRBY', key, 'n' .. dimension, '1')
  if type(names) == 'number' and names > Rules.MAX_SERIES
    and (dimension == 'p' or not make_room(bucket, dimension, project)) then
    give_up_room(bucket, dimension, name)
    return false
  end
  let_expire(key)
  if dimension ~= 'p' then
    redis.pcall('HSET', projects_key(bucket, dimension), name, project)
    let_expire(projects_key(bucket, dimension), 2 * Rules.BUCKET_MS)
  end
  return true
end

-- Adds to a figure of a name, or of the rest if the name has no room.
local function grow(key, dimension, metric, name, by)
  local own = redis.pcall('HGET', key, room_field(dimension, name)) == '1'
  Step.try(call, 'HINCRBY', key, figure_field(own, dimension, metric, name), by)
end

-- Returns the field of a new figure: what is counted, in all dimensions.
local function new_field(bucket, metric, project, model, host)
  return bucket .. '\31' .. metric .. '\31' .. project .. '\31' .. model .. '\31' .. host
end

local function count_field(field, by)
  counted = counted or {}
  counted[field] = (counted[field] or 0) + by
end

-- Counts something in all dimensions. It is written at the end of the step, once for all of its calls.
function Figures.count(metric, by, project, model, host)
  count_field(new_field(this_bucket(), metric, project, model, host), by)
end

-- Counts why a run failed or a claim was lost.
function Figures.count_cause(project, cause)
  count_field(this_bucket() .. '\31f\31' .. project .. '\31' .. cause, 1)
end

-- Gives room to the names of a field that has just become new. With too many new ones it is added to its bucket at once.
local function begin_figure(field, by)
  local bucket, metric, project, names = parts_of(field)
  let_expire(new_figures())
  local key, number = key_of(bucket), redis.pcall('HLEN', new_figures())
  local too_many = type(number) == 'number' and number > Rules.MAX_NEW_FIGURES
  for dimension, name in pairs(names) do
    has_room(bucket, dimension, name, project)
    if too_many then
      grow(key, dimension, metric, name, by)
    end
  end
  if too_many then
    redis.pcall('HDEL', new_figures(), field)
    let_expire(key)
  end
end

-- Writes what the step has counted.
function Figures.write()
  for field, by in pairs(counted) do
    if Step.try(call, 'HINCRBY', new_figures(), field, by) == by then
      begin_figure(field, by)
    end
  end
end

-- Adds the new figures to their buckets.
function Figures.add_new()
  local buckets = {}
  each_new(function(bucket, dimension, metric, name, by)
    local sums, figure = buckets[bucket] or {}, dimension .. metric .. '\31' .. name
    buckets[bucket], sums[figure] = sums, (sums[figure] or 0) + by
  end)
  for bucket, sums in pairs(buckets) do
    local key = key_of(bucket)
    for figure, by in pairs(sums) do
      grow(key, sub(figure, 1, 1), sub(figure, 2, 2), sub(figure, 4), format('%d', by))
    end
    let_expire(key)
  end
  redis.pcall('UNLINK', new_figures())
end

-- Returns the model in the content of a session. `enqueued`: when it was created US sequence number of its enqueue.
function Figures.model_in(content, enqueued)
  local from = find(content, '\31' .. enqueued .. '\31', 1, true)
  return from and match(content, '^%d+\31%d+\31([^\29\n]*)\29', from + #enqueued + 2) or ''
end

-- Counts something of a session. `w`: its worker, or nil.
function Figures.count_session(metric, by, s, w)
  local content = s.whole and s.content or Sessions.read_head(s.id) or ''
  local model = Figures.model_in(content, s.created .. '\31' .. s.created_seq)
  Figures.count(metric, by, s.project, model, w and w.hostname or '')
end

-- Returns the new figures of a dimension by bucket: lists of { metric, name, growth }.
function Figures.growth_of(dimension)
  local growth = {}
  each_new(function(bucket, of, metric, name, by)
    if of == dimension then
      growth[bucket] = growth[bucket] or {}
      table.insert(growth[bucket], { metric, name, by })
    end
  end)
  return growth
end

-- Returns the fields of a bucket that speak of a dimension: name, value, ... The gauge belongs to projects. Returns nil
-- if there is no such bucket. `growth`: its new figures, or nil.
function Figures.list(bucket, dimension, growth)
  local all = redis.pcall('HGETALL', key_of(bucket))
  if not all[1] then
    return nil
  end
  local fields, list = Pages.map_of(all), {}
  for _, new in ipairs(growth or {}) do
    local metric, name, by = unpack(new)
    local field = figure_field(fields[room_field(dimension, name)], dimension, metric, name)
    fields[field] = format('%d', (tonumber(fields[field]) or 0) + by)
  end
  for field, value in pairs(fields) do
    if sub(field, 1, 1) == dimension or field == 'gauge' and dimension == 'p' then
      Pages.append(list, field, value)
    end
  end
  return list
end

-- True if it is time for a look at waiting work, and the bucket, which may be the first one in a while, will expire.
local function is_gauge_due(key)
  local last = redis.pcall('HGET', key, 'gauge')
  local at = type(last) == 'string' and match(last, '^(%d+)')
  if at and now - at < Rules.GAUGE_MS then
    return false
  end
  local in_use = at or Waiting.number_of(org) > 0 or redis.pcall('ZCARD', AREA .. 'leases') ~= 0
  return in_use and let_expire(key)
end

-- Looks at waiting work, if the last look was a while ago.
function Figures.gauge()
  local bucket = this_bucket()
  local key = key_of(bucket)
  if not is_gauge_due(key) then
    return
  end
  local unseen, looks = Waiting.number_of(org), 0
  local rest, rest_age, list = 0, 0, {}
  for _, name in ipairs(unseen > 0 and redis.pcall('ZRANGE', AREA .. 'queues', 0, -1) or {}) do
    local ok, p = pcall(Queues.of, name)
    local waiting = ok and Waiting.number_of(p) or 0
    if waiting > 0 then
      local queued = Queues.oldest_of(p)
      local age = queued == 0 and 0 or math.max(0, now - queued)
      if has_room(bucket, 'p', name, name) then
        list[#list + 1] = '\30' .. name .. '\31' .. format('%d\31%d', waiting, age)
      else
        rest, rest_age = rest + waiting, math.max(rest_age, age)
      end
      looks, unseen = looks + 1, unseen - waiting
      if looks == Rules.MAX_GAUGED or unseen <= 0 then
        break
      end
    end
  end
  rest = rest + math.max(unseen, 0)
  redis.pcall('HSET', key, 'gauge', NOW .. '\31' .. format('%d\31%d', rest, rest_age) .. table.concat(list))
  redis.pcall('PEXPIRE', key, Rules.FIGURES_EXPIRE_MS)
end
