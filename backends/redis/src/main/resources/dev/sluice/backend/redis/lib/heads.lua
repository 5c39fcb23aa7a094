-- What a poll may hand out next, a step of poll.lua: lib/bucket.lua has the layout.
--
-- Candidates are the lists of heads, one for each set of required capabilities and kind, and the buckets
-- that were opened because the turn of their head came. `entry` of a candidate is what comes next, nil at
-- its end.

-- `before` says which of two entries comes first.
local candidates, total, deep, before

local function entry_of_head(head)
  return head and sub(head, 1, find(head, '\31', 18, true) - 1)
end

-- Begins with the heads of open buckets that the worker may take: so many of each list are enough.
local function open_heads(enough)
  candidates, total, deep = {}, 0, enough
  for set_id in string.gmatch(sets, '%d+') do
    for kind = org.ready ~= '0' and 1 or 2, org.returned ~= '0' and 2 or 1 do
      local prefix = (kind == 1 and 'ready:' or 'returned:') .. set_id
      local index, heads = AREA .. 'heads:' .. prefix, nil
      if takes == '' then
        heads = call('ZRANGE', index, '0', deep == 1 and '0' or deep - 1)
      else
        -- INSERT order named
        heads = heads_of(takes, prefix)
        expect('zset', index)
      end
      if heads[1] then
        total = total + 1
        candidates[total] = {
          heads = heads, at = 1, entry = entry_of_head(heads[1]), prefix = prefix, index = index,
          place = kind == 1 and 'READY' or 'RETURNED', set = set_id,
        }
      end
    end
  end
  -- One item of one list is compared with nothing, but ones to pass over.
  if total > 1 or deep > 1 then
    -- INSERT order
    before = entry_before
  end
end

-- The bucket of the head whose turn it is.
local function open_bucket(list)
  local at, entry = list.at, list.entry
  local project = sub(list.heads[at], #entry + 2)
  local name = list.prefix .. ':' .. project
  local entries = redis.pcall('ZRANGE', AREA .. name, '0', deep == 1 and '1' or deep)
  list.at, list.entry = at + 1, entry_of_head(list.heads[at + 1])
  total = total + 1
  local bucket = {
    entries = entries, at = 1, entry = entry, sound = entries[1] == entry, name = name, place = list.place,
    project = project,
    -- How the lines of its sessions begin.
    start = project .. '\31' .. list.set .. '\31',
    -- The head that stands there, and the entry to make one of.
    index = list.index, head = list.heads[at], first = entry, taken = false, blocked = false,
  }
  candidates[total] = bucket
  return bucket
end

-- The bucket whose entry is the best of all; or nil.
local function next_bucket()
  local best
  for i = 1, total do
    local c = candidates[i]
    if c.entry and (not best or before(c.entry, best.entry)) then
      best = c
    end
  end
  return best and best.heads and open_bucket(best) or best
end

-- Goes on behind the next entry of a bucket, which was taken or else stays.
local function advance(bucket, taken)
  local entry = bucket.entries[bucket.at + 1]
  bucket.at, bucket.entry = bucket.at + 1, entry
  if not taken then
    bucket.blocked = true
  else
    bucket.taken = true
    if not bucket.blocked then
      bucket.first = entry
    end
  end
end

-- Goes on without a bucket. Lists of the heads of all projects may have another one instead.
local function pass_over(bucket)
  bucket.entry = nil
  for i = 1, takes == '' and total or 0 do
    local c = candidates[i]
    local head = c.heads and redis.pcall('ZRANGE', c.index, #c.heads, #c.heads)[1]
    if head then
      c.heads[#c.heads + 1] = head
      c.entry = c.entry or entry_of_head(head)
    end
  end
end

-- Writes the heads of the buckets of which something was taken.
local function write_heads()
  for i = 1, total do
    local bucket = candidates[i]
    if bucket.taken then
      bucket_refresh(bucket.name, bucket.index, bucket.head,
        bucket.first and bucket.first .. '\31' .. bucket.project or false)
    end
  end
end
