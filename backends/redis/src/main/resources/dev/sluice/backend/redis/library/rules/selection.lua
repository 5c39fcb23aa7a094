-- Which work a worker gets next: the best of the open buckets that it may take from, one entry after the other.
-- buckets.lua has the layout.
--
-- Candidates are the lists of heads, one for each capability set and kind, and the buckets that were opened when their
-- head was next; for a worker that lists repositories, of work that names one, the lanes of the ones that it lists. The
-- `entry` of a candidate is what comes next, nil at its end.
--
-- A selection:
--   takes, capabilities     of the worker, as in its record
--   candidates
--   depth                   how many entries of each list are read: as many as are wanted, and as may have to be left where
--                           they are, so that what is behind them is seen

local function entry_of_head(head)
  return head and sub(head, 1, find(head, '\31', 18, true) - 1)
end

-- Returns the heads of the open buckets of the projects that a worker names, best first.
local function heads_of(takes, prefix)
  local names, heads = {}, {}
  for project in string.gmatch(takes, '[^\30]+') do
    names[#names + 1] = prefix .. ':' .. project
  end
  Step.read_ahead(names)
  for _, name in ipairs(names) do
    heads[#heads + 1] = org_fields[name] or nil
  end
  table.sort(heads, Pages.entry_before)
  return heads
end

-- True if a key has this type or is missing.
function Selection.has_type(kind, key)
  local found = call('TYPE', key).ok
  return found == kind or found == 'none'
end

-- Returns the queue of a project, or nil if it or its list of claims is damaged.
function Selection.sound_project(name)
  local p = projects[name]
  if not p or not p.sound then
    local ok
    ok, p = pcall(Queues.of, name)
    if not ok or not Selection.has_type('zset', AREA .. 'claimed:' .. name) then
      return nil
    end
    p.sound = true
  end
  return p
end

local function add_candidate(selection, candidate)
  local list = selection.candidates
  list[#list + 1] = candidate
  return candidate
end

-- Opens the lanes of a set that the worker takes. `prefix`: <kind>:<set>.
local function open_lanes(selection, prefix, set_id, place)
  local lanes = Buckets.lanes_of(AREA .. 'lanes:' .. prefix, selection.capabilities)
  for i = 1, #lanes, 2 do
    local lane, first = lanes[i], lanes[i + 1]
    local project = match(lane, '\31([^\31]*)\31$')
    local p = Workers.takes_project(selection.takes, project) and Selection.sound_project(project)
    if p and Queues.is_open(p) then
      add_candidate(selection, {
        entries = { first }, at = 1, entry = first, sound = true, prefix = prefix, name = prefix .. ':' .. project,
        place = place, project = project, start = project .. '\31' .. set_id, lane = lane, rest = true,
        index = AREA .. 'heads:' .. prefix, blocked = false,
      })
    end
  end
end

-- Adds the heads of a set that the worker takes.
local function open_heads(selection, prefix, set_id, place)
  local index, depth, heads = AREA .. 'heads:' .. prefix, selection.depth, nil
  if selection.takes == '' then
    heads = call('ZRANGE', index, '0', depth == 1 and '0' or depth - 1)
  else
    heads = heads_of(selection.takes, prefix)
    Step.expect('zset', index)
  end
  if heads[1] then
    add_candidate(selection, {
      heads = heads, at = 1, entry = entry_of_head(heads[1]), prefix = prefix, index = index, place = place, set = set_id,
    })
  end
end

-- Calls `open` for both kinds of the sets in a list of numbers.
local function each_kind(selection, sets, open)
  for set_id in string.gmatch(sets, '%d+') do
    if org.ready ~= '0' then
      open(selection, 'ready:' .. set_id, set_id, 'READY')
    end
    if org.returned ~= '0' then
      open(selection, 'returned:' .. set_id, set_id, 'RETURNED')
    end
  end
end

-- Begins with the heads of open buckets that the worker may take, at most `depth` of each list. `sets`: of its record.
function Selection.begin(w, depth)
  local selection = { takes = w.takes, capabilities = w.capabilities, candidates = {}, depth = depth }
  local by_head, by_lane = w.sets, ''
  if find(w.capabilities, '\127', 1, true) and find(w.sets, '  ', 1, true) then
    by_head, by_lane = match(w.sets, '^(.-)  (.*)$')
  end
  if by_lane ~= '' then
    each_kind(selection, by_lane, open_lanes)
  end
  each_kind(selection, by_head, open_heads)
  return selection
end

-- Opens the bucket of the head that is next.
local function open_bucket(selection, list)
  local at, entry, depth = list.at, list.entry, selection.depth
  local project = sub(list.heads[at], #entry + 2)
  local name = list.prefix .. ':' .. project
  local entries = redis.pcall('ZRANGE', AREA .. name, '0', depth == 1 and '1' or depth)
  list.at, list.entry = at + 1, entry_of_head(list.heads[at + 1])
  return add_candidate(selection, {
    entries = entries, at = 1, entry = entry, sound = entries[1] == entry, prefix = list.prefix, name = name,
    place = list.place, project = project,
    -- The begin of its sessions' lines.
    start = project .. '\31' .. list.set,
    -- The stored head, and the entry of the new one.
    index = list.index, head = list.heads[at], first = entry,
    -- True once an entry was left where it is.
    blocked = false,
  })
end

-- Returns the bucket with the best entry, or nil.
function Selection.next_bucket(selection)
  local best
  for _, c in ipairs(selection.candidates) do
    if c.entry and (not best or Pages.entry_before(c.entry, best.entry)) then
      best = c
    end
  end
  return best and best.heads and open_bucket(selection, best) or best
end

-- Reads the entries of a lane behind its first one.
local function read_rest(selection, bucket)
  local lane, list = bucket.lane, bucket.entries
  local rest = redis.pcall('ZRANGEBYLEX', AREA .. 'lanes:' .. bucket.prefix, '(' .. lane .. list[1],
    '(' .. sub(lane, 1, -2) .. '\32', 'LIMIT', '0', selection.depth)
  for i = 1, #rest do
    list[i + 1] = sub(rest[i], #lane + 1)
  end
  bucket.rest = false
end

-- Moves a bucket past its next entry, which was taken or stays.
function Selection.advance(selection, bucket, taken)
  if bucket.rest then
    read_rest(selection, bucket)
  end
  local entry = bucket.entries[bucket.at + 1]
  bucket.at, bucket.entry = bucket.at + 1, entry
  if not taken then
    bucket.blocked = true
  elseif not bucket.blocked then
    bucket.first = entry
  end
end

-- Skips the rest of a bucket. A list of heads of all projects may have another one instead: the number of heads that were
-- read is the rank of the next one, so a list of heads may be skipped but never filtered.
function Selection.pass_over(selection, bucket)
  bucket.entry = nil
  for _, c in ipairs(selection.takes == '' and selection.candidates or {}) do
    local head = c.heads and redis.pcall('ZRANGE', c.index, #c.heads, #c.heads)[1]
    if head then
      c.heads[#c.heads + 1] = head
      c.entry = c.entry or entry_of_head(head)
    end
  end
end

-- Removes the entries that were taken from their bucket. Those at its head are popped.
local function take_entries(bucket)
  local key = AREA .. bucket.name
  if bucket.blocked or bucket.lane then
    call('ZREM', key, unpack(bucket.gone))
  else
    call('ZPOPMIN', key, #bucket.gone)
  end
end

-- Removes the taken entries of all buckets, and writes the new heads.
function Selection.write_heads(selection)
  for _, bucket in ipairs(selection.candidates) do
    if bucket.gone then
      take_entries(bucket)
      local head, first = bucket.head, bucket.first
      if bucket.lane then
        head, first = Step.field(bucket.name), redis.pcall('ZRANGE', AREA .. bucket.name, '0', '0')[1]
      end
      Buckets.refresh(bucket.name, bucket.index, head, first and first .. '\31' .. bucket.project or false)
    end
  end
end
