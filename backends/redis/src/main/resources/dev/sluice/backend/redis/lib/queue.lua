-- Putting sessions into the order of hand-out and taking them out of it: lib/bucket.lua has the
-- layout. Each is decided first, which may raise, and then applied.

-- The head of a bucket as this step has left it so far, or false.
local function head(bucket)
  local new = new_heads[bucket]
  if new == nil then
    return call('HGET', ORG, bucket)
  end
  return new
end

local function decide_put(kind, s)
  local bucket = kind .. ':' .. s.set .. ':' .. s.project
  local index = AREA .. 'heads:' .. kind .. ':' .. s.set
  expect('zset', index)
  local first = call('ZRANGE', AREA .. bucket, 0, 0)[1]
  return {
    bucket = bucket, index = index, project = s.project, entry = s.score .. '\31' .. s.id,
    -- Behind a closed bucket may stand work that has no head now.
    first = first and first .. '\31' .. s.project,
  }
end

local function apply_put(put)
  call('ZADD', AREA .. put.bucket, '0', put.entry)
  local old = head(put.bucket)
  local best = old or put.first
  local own = put.entry .. '\31' .. put.project
  if not best or bytes_before(own, best) then
    best = own
  end
  bucket_refresh(put.bucket, put.index, old, best)
end

-- Must be applied before the next one is decided.
local function decide_take(kind, s)
  local bucket = kind .. ':' .. s.set .. ':' .. s.project
  local index = AREA .. 'heads:' .. kind .. ':' .. s.set
  local entry = s.score .. '\31' .. s.id
  expect('zset', index)
  local second = call('ZRANGE', AREA .. bucket, 0, 1)[2]
  local old = head(bucket)
  local new = old
  if old == entry .. '\31' .. s.project then
    new = second and second .. '\31' .. s.project or false
  end
  return { bucket = bucket, index = index, entry = entry, old = old, new = new }
end

-- Decides to take a waiting session out.
local function decide_leave_queue(s)
  if s.place == 'RETURNED' then
    expect('zset', AREA .. 'due')
    expect('zset', AREA .. 'returns:' .. s.nacked_by)
  end
  return decide_take(string.lower(s.place), s)
end

local function leave_queue(s, take)
  if s.place == 'RETURNED' then
    call('ZREM', AREA .. 'due', 'returned\31' .. s.id)
    call('ZREM', AREA .. 'returns:' .. s.nacked_by, s.id)
  end
  call('ZREM', AREA .. take.bucket, take.entry)
  bucket_refresh(take.bucket, take.index, take.old, take.new)
end
