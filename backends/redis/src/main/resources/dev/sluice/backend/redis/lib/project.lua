-- The queues of projects.
--
--   {org}:org     field q:<project>: how many of its sessions are ready, parked, later, returned,
--                 claimed and dead; most claimed or -; budget of a day or -; spent; UTC day of that;
--                 when its midnight entry is due or 0; end of the pause in force, 0 for none, or - for
--                 no pause; parted by blanks. None for a project without work, limits or pause.
--                 field pause:<project>: since when US by whom US why
--                 field sets:<project>: the sets of required capabilities of its live and dead sessions,
--                 <set>:<how many need it>, parted by blanks
--   {org}:queues  sorted set, all scores 0: projects with such a field
--
-- A queue is open while it isn't paused, below its most claimed and below its budget. The heads of a
-- queue that isn't stand nowhere, so a poll doesn't meet them. Steps change `projects` in memory;
-- settle() opens and closes what has become so, and writes them.

local PROJECT = '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%S+) (%S+) (%d+) (%d+) (%d+) (%S+)$'
local NO_PROJECT = '0 0 0 0 0 0 - - 0 0 0 -'
local DAY_MS = 86400000

local projects = {}

local function is_open(p)
  return p.pause == '-' and not (p.max and p.claimed >= p.max) and not (p.budget and p.spent >= p.budget)
end

-- The queue of a project; raises where it is damaged.
local function project_of(name)
  local p = projects[name]
  if not p then
    local line = call('HGET', ORG, 'q:' .. name) or NO_PROJECT
    local ready, parked, later, returned, claimed, dead, max, budget, spent, day, midnight, pause =
      match(line, PROJECT)
    if not pause then
      damaged(ORG .. ' queue ' .. name)
    end
    p = {
      name = name, line = line, ready = ready + 0, parked = parked + 0, later = later + 0,
      returned = returned + 0, claimed = claimed + 0, dead = dead + 0, max = tonumber(max),
      budget = tonumber(budget), budget_text = budget, spent = spent + 0, day = day + 0, midnight = midnight + 0,
      pause = pause,
    }
    p.open = is_open(p)
    projects[name] = p
  end
  return p
end

-- The head of a bucket as this step has left it so far, or false.
local function head(bucket)
  local new = new_heads[bucket]
  if new == nil then
    return call('HGET', ORG, bucket)
  end
  return new
end

local set_lines = {}

-- The sets of required capabilities of a project's live and dead sessions, and how many need each.
local function sets_of(project)
  local line = set_lines[project] or call('HGET', ORG, 'sets:' .. project) or ''
  if find(line, '[^%d: ]') then
    damaged(ORG .. ' sets of ' .. project)
  end
  set_lines[project] = line
  local ids, counts = {}, {}
  for id, n in string.gmatch(line, '(%d+):(%d+)') do
    ids[#ids + 1], counts[id] = id, n + 0
  end
  return ids, counts
end

-- Counts of sessions by place, of the org and of the project.
local function count(p, place, by)
  local field = string.lower(place)
  org[field] = format('%d', org[field] + by)
  p[field] = p[field] + by
end

-- Puts an entry among what waits for a time: lib/due.lua has the layout.
local function schedule(at, kind, name)
  call('ZADD', AREA .. 'due', at, kind .. '\31' .. name)
  if org.due == '0' or at + 0 < org.due + 0 then
    org.due = at
  end
end

-- Shows the heads of a queue that has opened, and hides those of one that has closed. Answers
-- whether it has any.
local function show_heads(p)
  local any = false
  local ok, ids = pcall(sets_of, p.name)
  for _, set_id in ipairs(ok and ids or {}) do
    for _, kind in ipairs({ 'ready', 'returned' }) do
      local bucket = kind .. ':' .. set_id .. ':' .. p.name
      local first = p.open and redis.pcall('ZRANGE', AREA .. bucket, 0, 0)[1]
      any = any or first
      -- Damage of an index must not undo half a step.
      pcall(bucket_refresh, bucket, AREA .. 'heads:' .. kind .. ':' .. set_id, head(bucket),
        first and first .. '\31' .. p.name or false)
    end
  end
  return any
end

settle = function()
  for name, p in pairs(projects) do
    local midnight = p.budget and p.spent >= p.budget and (p.day + 1) * DAY_MS or 0
    if midnight ~= p.midnight then
      p.midnight = midnight
      if midnight == 0 then
        redis.pcall('ZREM', AREA .. 'due', '5\31' .. name)
      else
        pcall(schedule, format('%d', midnight), '5', name)
      end
    end
    local open = is_open(p)
    if open ~= p.open then
      p.open = open
      p.hint = show_heads(p) or p.hint
    end
    if p.hint and open then
      hint('W', name)
    end
    p.hint = nil
    local line = format('%d %d %d %d %d %d %s %s %d %d %d %s', p.ready, p.parked, p.later, p.returned,
      p.claimed, p.dead, p.max and format('%d', p.max) or '-', p.budget and p.budget_text or '-',
      p.budget and p.spent or 0, p.budget and p.day or 0, p.midnight, p.pause)
    if line == NO_PROJECT then
      if p.line ~= line then
        call('HDEL', ORG, 'q:' .. name)
        redis.pcall('ZREM', AREA .. 'queues', name)
      end
    elseif line ~= p.line then
      if p.line == NO_PROJECT then
        redis.pcall('ZADD', AREA .. 'queues', '0', name)
      end
      changed[#changed + 1] = 'q:' .. name
      changed[#changed + 1] = line
    end
    p.line = line
  end
end

-- The UTC day that it is.
local function today()
  return math.floor(now / DAY_MS)
end
