-- Buckets: the work of one project and one set of required capabilities, in the order of hand-out.
--
--   {org}:<kind>:<set>:<project>  sorted set, score -> session id; kind is `ready` or `returned`
--   {org}:heads:<kind>:<set>      sorted set, all scores 0: the heads of the open buckets, a member
--                                 each, so that its first member is the best item of all projects
--
-- A head is <score, 16 digits> US <session id> US <project>, ordered by bytes. The head of an open
-- bucket stands in the org's hash too, under <kind>:<set>:<project>, for workers that name their
-- projects. US is the byte 31, which no name contains.
--
-- All changes of heads go through bucket_refresh; what opens and closes buckets belongs there.

local heads = {}
local first_heads = {}
local touched = {}

local function bucket_name(kind, set_id, project)
  return kind .. ':' .. set_id .. ':' .. project
end

local function head_of(score, id, project)
  return format('%016.0f', score) .. '\31' .. id .. '\31' .. project
end

-- By unsigned bytes. Lua's own < follows the locale of the server.
local function bytes_before(a, b)
  local x, y, i = 0, 0, 0
  repeat
    i = i + 1
    x, y = string.byte(a, i), string.byte(b, i)
  until x ~= y or not x
  return (x or -1) < (y or -1)
end

-- The head of a bucket as this step has left it so far, or false.
local function head(bucket)
  local known = heads[bucket]
  if known == nil then
    known = call('HGET', ORG, bucket)
    heads[bucket] = known
    first_heads[bucket] = known
  end
  return known
end

-- Notes the new head of a bucket, or false when it has none. `index` is {org}:heads:<kind>:<set>.
local function bucket_refresh(bucket, index, new)
  heads[bucket] = new
  touched[bucket] = index
end

flush_heads = function()
  local gone, come, closed = {}, {}, {}
  for bucket, index in pairs(touched) do
    local old, new = first_heads[bucket], heads[bucket]
    if old ~= new then
      if old then
        local list = gone[index] or {}
        list[#list + 1] = old
        gone[index] = list
      end
      if new then
        local list = come[index] or {}
        list[#list + 1] = 0
        list[#list + 1] = new
        come[index] = list
        set(bucket, new)
      else
        closed[#closed + 1] = bucket
      end
      first_heads[bucket] = new
    end
  end
  for index, list in pairs(gone) do
    call_all('ZREM', index, list)
  end
  for index, list in pairs(come) do
    call_all('ZADD', index, list)
  end
  call_all('HDEL', ORG, closed)
  touched = {}
end

-- Decides to put an item into its bucket.
local function decide_put(kind, set_id, project, score, id)
  local bucket = bucket_name(kind, set_id, project)
  local index = AREA .. 'heads:' .. kind .. ':' .. set_id
  expect('zset', index)
  local first = call('ZRANGE', AREA .. bucket, 0, 0, 'WITHSCORES')
  return {
    bucket = bucket,
    index = index,
    score = score,
    id = id,
    member = head_of(score, id, project),
    -- Behind a closed bucket may stand work that has no head now.
    head = head(bucket) or first[1] and head_of(first[2], first[1], project),
  }
end

local function apply_put(put)
  call('ZADD', AREA .. put.bucket, put.score, put.id)
  local best = heads[put.bucket] or put.head
  if not best or bytes_before(put.member, best) then
    best = put.member
  end
  bucket_refresh(put.bucket, put.index, best)
end

-- Decides to take an item out of its bucket. Must be applied before the next is decided.
local function decide_take(kind, set_id, project, score, id)
  local bucket = bucket_name(kind, set_id, project)
  local index = AREA .. 'heads:' .. kind .. ':' .. set_id
  expect('zset', index)
  local two = call('ZRANGE', AREA .. bucket, 0, 1, 'WITHSCORES')
  local new = head(bucket)
  if new == head_of(score, id, project) then
    new = two[3] and head_of(two[4], two[3], project) or false
  end
  return { bucket = bucket, index = index, id = id, head = new }
end

local function apply_take(take)
  call('ZREM', AREA .. take.bucket, take.id)
  bucket_refresh(take.bucket, take.index, take.head)
end
