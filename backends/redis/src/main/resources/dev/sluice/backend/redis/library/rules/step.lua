-- The org. Every step reads it first and writes it last.
--
--   {org}:org   hash
--       numbers                  the fields of `org` below, in their order, separated by blanks
--       sets                     number of capability sets in use, number of the latest set
--       refs:<set>               how many live and dead sessions need the set
--       sets:<project>           the same for a project (sets.lua)
--       sweep                    last sweep, end of the last outage, time up to which claims were checked for
--                                acceptance
--       nodes                    last crash that may have lost poll answers, then <node>=<its last sweep> for
--                                each node, separated by blanks
--       q:<project>, pause:<project>  queue of a project and its pause (queues.lua)
--       <kind>:<set>:<project>   head of an open bucket (buckets.lua)
--       closure                  of a closed org (closures.lua)
--       unlogged                 number of the last event that was dropped (events.lua)
--       layout                   longer than 64 bytes: keeps this a hash table, since a small hash is searched
--                                from its start
--   {org}:texts    hash: session -> bytes of its unacknowledged messages
--   {org}:archived hash: session -> bytes of its archive
--   {org}:said     hash: session -> bytes of its activities
--   {org}:revoked  set: ids of revoked credentials
--   {org}:import   set, while an import goes on: hashes of the keys that it has stored
--   {org}:damaged  sorted set: session id; `inbox` US session id, `bucket` US its name, `worker` US worker id,
--                  `queue` US project, `job` US job id, `event` US `log` -> when it was last met; at most 100
--   {org}:hints    channel: hints separated by RS: W <project>, M <worker>, S <worker>, B <capability>,
--                  C <session> whose state or place changed
--
-- A step changes `org` and `projects` in memory; Step.commit writes them, last of all. What may refuse or raise comes
-- before the first write.
--
-- US is the byte 31 and RS the byte 30; no name contains them.

local NUMBERS = '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) ([0-3]) (%d+) (%d+) (%d+) (%d+)$'

-- Refuses the step, before its first write, since a record is damaged.
function Step.damaged(what)
  error('SLUICE-DAMAGED ' .. (org and org.seq or 0) .. ' ' .. what, 0)
end

-- Refuses an org whose layout this library doesn't read. Later layouts may append numbers.
local function check_layout(numbers, layout)
  layout = layout or match(numbers, '^' .. string.rep('%d+ ', 16) .. '(%d+) ')
  if layout and (layout + 0 > Rules.NEWEST_LAYOUT or layout + 0 < Rules.OLDEST_LAYOUT) then
    error(format('SLUICE-LAYOUT %s %d %d', layout, Rules.OLDEST_LAYOUT, Rules.NEWEST_LAYOUT), 0)
  end
end

-- Reads the numbers of the org. All are text.
function Step.read_org()
  local numbers = call('HGET', ORG, 'numbers') or '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ' .. Rules.LAYOUT_IN_FORCE
  local seq, time, token, front, ready, parked, later, returned, claimed, dead, due, version, flags,
    jobs, offers, bytes, layout = match(numbers, NUMBERS)
  check_layout(numbers, layout)
  if not seq then
    Step.damaged(ORG)
  end
  org = {
    seq = seq, -- last sequence number
    time = time, -- latest time seen
    token = token, -- last claim token
    front = front, -- last t of `front`
    -- Sessions by place.
    ready = ready, parked = parked, later = later, returned = returned, claimed = claimed, dead = dead,
    due = due, -- no entry of {org}:due is due before this; 0 for no entry
    version = version, -- grows when a capability set is added or removed
    revoked = flags, -- 1 if a credential was ever revoked, else 0
    jobs = jobs, offers = offers, -- waiting and offered jobs of the batch lane
    bytes = bytes, -- size of all records (StoredBytes)
    layout = layout, -- the form to write: raise_layout.lua raises it
  }
  -- The flag of a closed org is larger by 2, so that nodes that know no closures refuse it as damaged.
  org_closed = flags == '2' or flags == '3'
  if org_closed then
    org.revoked = flags == '3' and '1' or '0'
  end
end

-- Sets the time of the step: the clock's, but not before the stored time, and not far behind it at once
-- (StoredTime.next). `clock`: the time, or '' for the server's.
function Step.set_time(clock)
  if clock == '' then
    local time = call('TIME')
    clock = format('%s%03d', time[1], time[2] / 1000)
  end
  NOW, CLOCK, now = clock, clock, clock + 0
  local stored = org.time + 0
  if now < stored or stored ~= 0 and now - stored > Rules.MAX_JUMP_MS then
    NOW, now = org.time, stored
  end
end

-- Begins a step on an org. `key`: its hash; `clock` as in set_time.
function Step.begin(key, clock)
  if not call then
    call, match, format, sub, find = redis.call, string.match, string.format, string.sub, string.find
  end
  ORG, AREA, org = key, sub(key, 1, -4), nil
  org_fields, dirty, projects, project_sets, hinted, told = {}, {}, {}, {}, nil, nil
  counted, logged, departed = nil, nil, nil
  refs, live_sets, last_set = {}, nil, nil
  Step.read_org()
  Step.set_time(clock)
end

-- Refuses a key of another type.
function Step.expect(kind, key)
  local found = call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then
    Step.damaged(key)
  end
end

-- Reads fields of the org by one call, for Step.field.
function Step.read_ahead(names)
  local unknown = {}
  for i = 1, #names do
    if org_fields[names[i]] == nil then
      unknown[#unknown + 1] = names[i]
    end
  end
  -- A bounded number of arguments per call.
  for from = 1, #unknown, 1000 do
    local values = call('HMGET', ORG, unpack(unknown, from, math.min(from + 999, #unknown)))
    for i = 1, #values do
      org_fields[unknown[from + i - 1]] = values[i]
    end
  end
end

-- Returns a field of the org as this step leaves it so far, or false.
function Step.field(name)
  local value = org_fields[name]
  if value == nil then
    value = call('HGET', ORG, name)
    org_fields[name] = value
  end
  return value
end

-- Sets a field of the org; false deletes it. It is written at the end of the step.
function Step.set_field(name, value)
  org_fields[name], dirty[name] = value, true
end

function Step.hint(kind, name)
  hinted = hinted or {}
  hinted[kind .. name] = true
end

-- Calls a function that writes what may be lost: damage to its keys must not undo half a step, so that part is left out.
-- Returns nil then.
function Step.try(write, ...)
  local ok, result = pcall(write, ...)
  return ok and result or nil
end

-- Damage may have left the sum too small.
function Step.count_bytes(by)
  org.bytes = format('%d', math.max(0, org.bytes + by))
end

-- Calls a command with a list of arguments, a bounded number per call.
function Step.call_with_all(command, key, list)
  for i = 1, #list, 1000 do
    call(command, key, unpack(list, i, math.min(i + 999, #list)))
  end
end

-- Returns the numbers of the org as they are stored.
local function numbers_text()
  local flags = org_closed and org.revoked + 2 or org.revoked
  return org.seq .. ' ' .. NOW .. ' ' .. org.token .. ' ' .. org.front .. ' ' .. org.ready .. ' '
    .. org.parked .. ' ' .. org.later .. ' ' .. org.returned .. ' ' .. org.claimed .. ' ' .. org.dead .. ' '
    .. org.due .. ' ' .. org.version .. ' ' .. flags .. ' ' .. org.jobs .. ' ' .. org.offers .. ' ' .. org.bytes
    .. ' ' .. org.layout
end

local function tell_hints()
  told = told or {}
  for text in pairs(hinted) do
    told[#told + 1] = text
  end
  hinted = nil
end

-- Ends a change of the org: what it opens and closes counts from now on. Step.flush writes it. `quiet`: takes no sequence
-- number.
function Step.commit(quiet)
  Events.tell_departed()
  Queues.settle()
  if org.seq == '0' then
    Step.set_field('layout', 'dev.sluice.backend.redis: an org, its numbers and the heads of its open buckets')
  end
  if not quiet then
    org.seq = format('%d', org.seq + 1)
  end
  org.written, org.changed = true, true
  if hinted then
    tell_hints()
  end
end

-- Writes what the step has committed: last of all, once.
function Step.flush()
  if not org.changed then
    return
  end
  Queues.write()
  if logged then
    Events.write()
  end
  local set, gone, n = { 'numbers', numbers_text() }, nil, 2
  for name in pairs(dirty) do
    local value = org_fields[name]
    if value then
      set[n + 1], set[n + 2] = name, value
      n = n + 2
    else
      gone = gone or {}
      gone[#gone + 1] = name
    end
  end
  Step.call_with_all('HSET', ORG, set)
  if gone then
    Step.call_with_all('HDEL', ORG, gone)
  end
  if counted then
    Figures.write()
  end
  if told then
    -- pcall: a hint that fails must not undo half a step.
    redis.pcall('PUBLISH', AREA .. 'hints', table.concat(told, '\30'))
  end
end

-- Records damage for the health check.
function Step.note_damage(names)
  local list = {}
  for i = 1, math.min(#names, 100) do
    list[2 * i - 1] = now
    list[2 * i] = names[i]
  end
  -- pcall: a note that fails must not undo half a step.
  redis.pcall('ZADD', AREA .. 'damaged', unpack(list))
  redis.pcall('ZREMRANGEBYRANK', AREA .. 'damaged', 0, -101)
end

-- Carries out a part of a step. False if records are damaged; the part has written nothing then.
function Step.passes(part, ...)
  local ok, why = pcall(part, ...)
  if ok then
    return why ~= false
  end
  local text = type(why) == 'table' and why.err or tostring(why)
  if not find(text, 'WRONGTYPE', 1, true) and not find(text, 'SLUICE-DAMAGED', 1, true) then
    error(text, 0)
  end
  return false
end
