function Buckets.entry_of(s)
  return s.score .. '\31' .. s.id
end

function Buckets.kind_of(s)
  return s.return_until ~= '0' and 'returned' or 'ready'
end

-- Returns the key and the member of a session among the lanes of its set.
function Buckets.lane_of(kind, s)
  return AREA .. 'lanes:' .. kind .. ':' .. s.set, sub(s.repository, 2) .. '/\31' .. s.project .. '\31' .. Buckets.entry_of(s)
end

function Buckets.check(kind, s)
  if s.repository ~= '' then
    Step.expect('zset', (Buckets.lane_of(kind, s)))
  end
  Step.expect('zset', AREA .. kind .. ':' .. s.set .. ':' .. s.project)
  Step.expect('zset', AREA .. 'heads:' .. kind .. ':' .. s.set)
  Queues.of(s.project)
end

-- Updates the head of a bucket of an open queue, unless it comes before `added`, an entry that was added.
function Buckets.rehead(p, kind, set_id, added)
  if p.open then
    local bucket = kind .. ':' .. set_id .. ':' .. p.name
    local head = Step.field(bucket)
    if not (added and head and Pages.entry_before(head, added)) then
      local first = call('ZRANGE', AREA .. bucket, 0, 0)[1]
      Buckets.refresh(bucket, AREA .. 'heads:' .. kind .. ':' .. set_id, head,
        first and first .. '\31' .. p.name or false)
    end
  end
end

-- Removes a contender from its bucket, or from the parked ones.
function Buckets.take_out(s)
  local p = Queues.of(s.project)
  if s.place == 'PARKED' then
    call('ZREM', AREA .. 'parked:' .. s.project, Buckets.entry_of(s))
  else
    local kind = string.lower(s.place)
    call('ZREM', AREA .. kind .. ':' .. s.set .. ':' .. s.project, Buckets.entry_of(s))
    if s.repository ~= '' then
      call('ZREM', Buckets.lane_of(kind, s))
    end
    Buckets.rehead(p, kind, s.set)
  end
  Queues.count(p, s.place, -1)
end

-- Adds a contender to its bucket, or to the parked ones.
function Buckets.put_in(s, parked)
  local p = Queues.of(s.project)
  if parked then
    s.place = 'PARKED'
    call('ZADD', AREA .. 'parked:' .. s.project, '0', Buckets.entry_of(s))
  else
    local kind = Buckets.kind_of(s)
    s.place = string.upper(kind)
    call('ZADD', AREA .. kind .. ':' .. s.set .. ':' .. s.project, '0', Buckets.entry_of(s))
    if s.repository ~= '' then
      local key, member = Buckets.lane_of(kind, s)
      call('ZADD', key, '0', member)
    end
    Buckets.rehead(p, kind, s.set, Buckets.entry_of(s))
    p.hint = true
  end
  Queues.count(p, s.place, 1)
end

-- Sets the head of a bucket. `bucket`: <kind>:<set>:<project>; `index`: key of the heads; `old`, `new`: members, or
-- false for none.
function Buckets.refresh(bucket, index, old, new)
  if old ~= new then
    Step.set_field(bucket, new)
    if old then
      call('ZREM', index, old)
    end
    if new then
      call('ZADD', index, '0', new)
    end
  end
end

-- Returns the lanes of a set that a worker with these capabilities lists, <repository> '/' US <project> US, each followed
-- by its first entry. `key`: all lanes.
function Buckets.lanes_of(key, capabilities)
  local lanes, known = {}, {}
  local function add(from, to)
    while true do
      local member = redis.pcall('ZRANGEBYLEX', key, from, to, 'LIMIT', '0', '1')[1]
      local lane, entry = match(member or '', '^([^\31]*\31[^\31]*\31)(.*)$')
      if not lane then
        return
      elseif not known[lane] then
        known[lane] = true
        local n = #lanes
        lanes[n + 1], lanes[n + 2] = lane, entry
      end
      from = '[' .. sub(lane, 1, -2) .. '\32'
    end
  end
  for name in string.gmatch(capabilities, '\127([^\30]+)') do
    -- That repository and those that begin with it; and those with which it begins.
    add('[' .. name .. '/', '(' .. name .. '0')
    for at in string.gmatch(name, '()/') do
      add('[' .. sub(name, 1, at) .. '\31', '(' .. sub(name, 1, at) .. '\32')
    end
  end
  return lanes
end
