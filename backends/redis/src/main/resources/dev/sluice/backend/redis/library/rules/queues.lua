-- The queues of projects, and their buckets.
--
--   {org}:org     field q:<project>: number of its ready, parked, later, returned, claimed and dead sessions; most
--                 claimed or -; daily budget or -; spent; UTC day of that; midnight in {org}:due or 0; end of the
--                 pause, 0 for no end, or - for no pause; separated by blanks. Missing without work, limits and pause
--                 field pause:<project>: since when US by whom US why
--   {org}:queues  sorted set, all scores 0: projects with a field q:<project>
--   {org}:<kind>:<set>:<project>  a bucket: the work of a project that needs the same capabilities, in the order of
--                 hand-out. Sorted set, all scores 0, of entries <score, 16 digits> US <session>, which Redis orders
--                 by their bytes. Kinds: `ready`, `returned`
--   {org}:heads:<kind>:<set>      the heads of open buckets: sorted set, all scores 0, of <entry> US <project>. Its
--                 first member is the best item of all projects. The head is also in the field
--                 <kind>:<set>:<project> of the org, for workers that name projects
--
--   {org}:lanes:<kind>:<set>      of a set of work that names repositories, for workers that list some: sorted set, all
--                 scores 0, of <repository> '/' US <project> US <entry>; also of closed queues
--
-- A queue is open while it isn't paused and below its limits. The heads of a closed queue are removed, so a poll
-- doesn't meet them. Steps change `projects` in memory; commit() opens, closes and writes them.

local PROJECT = '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%S+) (%S+) (%d+) (%d+) (%d+) (%S+)$'

local NO_PROJECT = '0 0 0 0 0 0 - - 0 0 0 -'

local DAY_MS = 86400000

function Queues.is_open(p)
  return p.pause == '-' and not (p.max and p.claimed >= p.max) and not (p.budget and p.spent >= p.budget)
end

-- Shows the heads of a queue that has opened, or removes those of one that has closed. True if it has any.
function Queues.show_heads(p)
  local any = false
  local ok, ids = pcall(Sets.of_project, p.name)
  for _, set_id in ipairs(ok and ids or {}) do
    for _, kind in ipairs({ 'ready', 'returned' }) do
      local bucket = kind .. ':' .. set_id .. ':' .. p.name
      local first = p.open and redis.pcall('ZRANGE', AREA .. bucket, 0, 0)[1]
      any = any or first
      Step.try(Buckets.refresh, bucket, AREA .. 'heads:' .. kind .. ':' .. set_id, Step.field(bucket),
        first and first .. '\31' .. p.name or false)
    end
  end
  return any
end

-- Returns the queue of a project; refuses if it is damaged. settle() writes the queues that were read.
function Queues.of(name)
  local p = projects[name]
  if not p then
    local line = Step.field('q:' .. name)
    local ready, parked, later, returned, claimed, dead, max, budget, spent, day, midnight, pause =
      match(line or NO_PROJECT, PROJECT)
    if not pause then
      Step.damaged(ORG .. ' queue ' .. name)
    end
    p = {
      name = name, line = line, ready = ready + 0, parked = parked + 0, later = later + 0,
      returned = returned + 0, claimed = claimed + 0, dead = dead + 0, max = tonumber(max),
      budget = tonumber(budget), budget_text = budget, spent = spent + 0, day = day + 0, midnight = midnight + 0,
      pause = pause, listed = line ~= false,
    }
    p.open = Queues.is_open(p)
    projects[name] = p
  end
  return p
end

-- Returns when a project that has spent its budget may spend again, or 0.
local function midnight_of(p)
  return p.budget and p.spent >= p.budget and (p.day + 1) * DAY_MS or 0
end

local function set_midnight(p, midnight)
  p.midnight = midnight
  if midnight == 0 then
    redis.pcall('ZREM', AREA .. 'due', '5\31' .. p.name)
  else
    Step.try(Due.schedule, format('%d', midnight), '5', p.name)
  end
end

-- True for a queue without work, limits and pause.
local function is_blank(p)
  return p.ready + p.parked + p.later + p.returned + p.claimed + p.dead + p.midnight == 0 and not p.max and not p.budget
    and p.pause == '-'
end

-- Lists a queue that has begun, and forgets one that is blank.
local function list(p, listed)
  p.listed = listed
  if listed then
    Step.try(call, 'ZADD', AREA .. 'queues', '0', p.name)
  else
    redis.pcall('ZREM', AREA .. 'queues', p.name)
  end
end

-- Opens and closes the buckets of the queues that this step has read, as their limits say now.
function Queues.settle()
  for _, p in pairs(projects) do
    local midnight, open = midnight_of(p), Queues.is_open(p)
    if midnight ~= p.midnight then
      set_midnight(p, midnight)
    end
    if open ~= p.open then
      p.open = open
      p.hint = Queues.show_heads(p) or p.hint
    end
    if p.hint and open then
      Step.hint('W', p.name)
    end
    p.hint = nil
    if is_blank(p) == p.listed then
      list(p, not p.listed)
    end
  end
end

-- Sets the fields of the queues that this step has read.
function Queues.write()
  for name, p in pairs(projects) do
    local line = p.listed and format('%d %d %d %d %d %d %s %s %d %d %d %s', p.ready, p.parked, p.later, p.returned,
      p.claimed, p.dead, p.max and format('%d', p.max) or '-', p.budget and p.budget_text or '-',
      p.budget and p.spent or 0, p.budget and p.day or 0, p.midnight, p.pause)
    if line ~= p.line then
      Step.set_field('q:' .. name, line)
    end
  end
end

-- Changes the number of sessions in a place.
function Queues.count(p, place, by)
  local field = string.lower(place)
  org[field] = format('%d', org[field] + by)
  p[field] = p[field] + by
end

-- The UTC day.
function Queues.today()
  return math.floor(now / DAY_MS)
end

-- True if the org has room for no other project.
function Queues.is_one_too_many(p)
  return not p.listed and call('ZCARD', AREA .. 'queues') >= Rules.MAX_PROJECTS
end

-- Enqueue times grow with the score within a priority, which is the score divided by this. Work moved to the front is
-- below it, and its record tells when it was enqueued.
local ONE_PRIORITY = 10000000000000

-- Returns the smallest enqueue time in the records of the first of these entries, or `oldest`. No two have the same
-- score.
function Queues.oldest_of_front(entries, oldest)
  table.sort(entries, function(a, b) return sub(a, 1, 16) < sub(b, 1, 16) end)
  local keys = {}
  for i = 1, math.min(#entries, Rules.FRONT_LOOKED_AT) do
    keys[i] = AREA .. 's:' .. sub(entries[i], 18)
  end
  local lines = #keys > 0 and redis.pcall('MGET', unpack(keys)) or {}
  for i = 1, #keys do
    local s = lines[i] and Sessions.parse('', lines[i])
    if s then
      oldest = math.min(oldest or s.queued + 0, s.queued + 0)
    end
  end
  return oldest
end

-- Returns the enqueue time of the oldest ready or returned work of a queue; 0 for none. May be called after writes:
-- damage counts as no work.
function Queues.oldest_of(p)
  local oldest, fronted = nil, {}
  for _, kind in ipairs({ 'ready', 'returned' }) do
    if p[kind] > 0 then
      local ok, ids = pcall(Sets.of_project, p.name)
      for _, set_id in ipairs(ok and ids or {}) do
        local key = AREA .. kind .. ':' .. set_id .. ':' .. p.name
        local entry = redis.pcall('ZRANGE', key, 0, 0)[1]
        local score = entry and tonumber(sub(entry, 1, 16))
        while score do
          if score < ONE_PRIORITY then
            for _, each in ipairs(redis.pcall('ZRANGEBYLEX', key, '-',
              '(' .. format('%016d', ONE_PRIORITY), 'LIMIT', 0, Rules.FRONT_LOOKED_AT)) do
              fronted[#fronted + 1] = each
            end
          else
            local queued = score % ONE_PRIORITY
            oldest = math.min(oldest or queued, queued)
          end
          local next_priority = (math.floor(score / ONE_PRIORITY) + 1) * ONE_PRIORITY
          entry = redis.pcall('ZRANGEBYLEX', key, '[' .. format('%016d', next_priority), '+', 'LIMIT', 0, 1)[1]
          score = entry and tonumber(sub(entry, 1, 16))
        end
      end
    end
  end
  return Queues.oldest_of_front(fronted, oldest) or 0
end

-- Returns a queue as QueueReader expects it: name, counts by place, most claimed or '', budget or '', spent, pause or
-- '', end of the pause, enqueue time of its oldest work or 0.
function Queues.reply(p)
  local pause = p.pause ~= '-' and (Step.field('pause:' .. p.name) or Step.damaged(ORG))
  local used_up = p.budget and p.spent >= p.budget
  return {
    p.name, p.ready, p.parked, p.later, p.returned, p.claimed, p.dead,
    p.max and format('%d', p.max) or '', p.budget and p.budget_text or '',
    format('%d', p.budget and (used_up or p.day == Queues.today()) and p.spent or 0),
    pause or '', pause and p.pause or '', format('%d', Queues.oldest_of(p)) }
end
