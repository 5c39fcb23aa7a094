-- Jobs of the batch lane.
--
--   {org}:j:<job>     hash
--       state             WAITING, OFFERED, DELIVERED or DEAD US number of offers US worker of the latest offer, or ''
--                         US created US updated US its number, which orders the jobs
--       hash, item        content hash and item, as added
--   {org}:jobs        sorted set: waiting job -> its number
--   {org}:jobs-over   sorted set: delivered or dead job -> when that was
--
-- An entry in {org}:due ends an offer (rules/due.lua). A worker's record names the jobs of its last poll
-- (rules/workers.lua); its other offers have ended.

local JOB_STATE = '^(%u+)\31(%d+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)$'

-- A poll stops after this many damaged jobs.
local MAX_BROKEN_JOBS = 64

-- Returns a job and up to two more of its fields, or nil. Refuses a damaged one.
function Jobs.read(id, ...)
  local key = AREA .. 'j:' .. id
  local row = call('HMGET', key, 'state', ...)
  if not row[1] and call('EXISTS', key) == 0 then
    return nil
  end
  local j = { id = id }
  j.state, j.offers, j.worker, j.created, j.updated, j.number = match(row[1] or '', JOB_STATE)
  if not j.number then
    Step.damaged(key)
  end
  return j, row[2], row[3]
end

-- Writes the record of a job, and more of its fields: name, value, ...
function Jobs.store(j, ...)
  call('HSET', AREA .. 'j:' .. j.id, 'state', j.state .. '\31' .. j.offers .. '\31' .. j.worker .. '\31'
    .. j.created .. '\31' .. j.updated .. '\31' .. j.number, ...)
end

-- Changes the number of waiting or offered jobs: `jobs` or `offers`.
local function count(name, by)
  org[name] = format('%d', org[name] + by)
end

-- Lists a job that waits, is offered until that time, or is over.
function Jobs.list(j, offered_until)
  if j.state == 'WAITING' then
    call('ZADD', AREA .. 'jobs', j.number, j.id)
    count('jobs', 1)
  elseif j.state == 'OFFERED' then
    Due.schedule(offered_until, '6', j.id)
    count('offers', 1)
  else
    call('ZADD', AREA .. 'jobs-over', j.updated, j.id)
  end
end

-- Adds a job to those that the worker's last poll brought, in the order of a poll.
function Jobs.hold(w, j)
  local poll, held = match(call('HGET', w.key, 'last') or '\31', '^([^\30]*)\30?(.*)$')
  local names, numbers = { j.id }, { [j.id] = j.number + 0 }
  for id in string.gmatch(held, '[^\30]+') do
    local other = Jobs.read(id)
    names[#names + 1], numbers[id] = id, other and other.number + 0 or 0
  end
  table.sort(names, function(a, b) return numbers[a] < numbers[b] end)
  call('HSET', w.key, 'last', poll .. '\30' .. table.concat(names, '\30'))
end

-- Gives a job another state and lists it. `offered_until`: end of its offer.
local function change(j, state, offered_until)
  j.state, j.updated = state, NOW
  Jobs.store(j)
  Jobs.list(j, offered_until)
end

-- Takes a job out of the offered ones.
local function leave_offered(j)
  call('ZREM', AREA .. 'due', '6\31' .. j.id)
  count('offers', -1)
end

-- Returns a job that has this state and an item, and the item; or nil.
local function read_sound(id, state)
  local j, item
  Step.passes(function() j, item = Jobs.read(id, 'item') end)
  if j and item and j.state == state then
    return j, item
  end
  return nil
end

-- Returns a job and its item if its offer to the worker stands.
local function offered_to(worker, id)
  local j, item = read_sound(id, 'OFFERED')
  if j and j.worker == worker then
    return j, item
  end
  return nil
end

-- Ends an offer: the job waits again in its old place, or is dead. Handles a due entry.
function Jobs.end_offer(id)
  local j = Jobs.read(id)
  if not j or j.state ~= 'OFFERED' then
    call('ZREM', AREA .. 'due', '6\31' .. id)
    return 0
  end
  local dies = j.offers + 0 >= Rules.MAX_OFFERS
  Pages.check(dies and 'jobs-over' or 'jobs')
  leave_offered(j)
  change(j, dies and 'DEAD' or 'WAITING')
  if not dies then
    Step.hint('B', Rules.BATCH_CAPABILITY)
  end
end

-- Looks at the named jobs whose offer stands: delivers those that the worker has read, and takes back those that it
-- never got. Returns the names of the rest, behind RS each. The caller has checked the types of what it writes.
function Jobs.settle(worker, names, fate_of)
  local unknown = ''
  for id in string.gmatch(names, '[^\30]+') do
    local j = offered_to(worker, id)
    local fate = j and fate_of(j.updated + 0)
    if fate == 'READ' then
      leave_offered(j)
      change(j, 'DELIVERED')
    elseif fate == 'LOST' then
      Jobs.end_offer(id)
    elseif fate then
      unknown = unknown .. '\30' .. id
    end
  end
  return unknown
end

-- Returns those of these jobs whose offer stands: name, item, ...
function Jobs.standing(worker, names)
  local list = {}
  for id in string.gmatch(names, '[^\30]+') do
    local _, item = offered_to(worker, id)
    if item then
      Pages.append(list, id, item)
    end
  end
  return list
end

-- Offers a worker the oldest jobs: name, item, ... Skips damaged ones and adds their names to `damaged`.
function Jobs.offer(worker, damaged)
  local list, at = {}, 0
  while #list < 2 * Rules.MAX_ITEMS do
    local some = call('ZRANGE', AREA .. 'jobs', at, at + Rules.MAX_ITEMS - #list / 2 - 1)
    if not some[1] then
      break
    end
    for _, id in ipairs(some) do
      local j, item = read_sound(id, 'WAITING')
      if j then
        call('ZREM', AREA .. 'jobs', id)
        count('jobs', -1)
        j.offers, j.worker = format('%d', j.offers + 1), worker
        change(j, 'OFFERED', format('%d', now + Rules.VISIBILITY_MS))
        Pages.append(list, id, item)
      else
        damaged[#damaged + 1] = 'job\31' .. id
        at = at + 1
        if #damaged >= MAX_BROKEN_JOBS then
          return list
        end
      end
    end
  end
  return list
end
