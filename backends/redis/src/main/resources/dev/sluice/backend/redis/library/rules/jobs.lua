-- Jobs of the batch lane.
--
--   {org}:j:<job>     hash
--       state             WAITING, OFFERED, DELIVERED or DEAD US number of offers US worker of the latest offer, or ''
--                         US created US updated US its number, which orders the jobs
--       hash, item        content hash and item, as added
--   {org}:jobs        sorted set: waiting job -> its number
--   {org}:jobs-over   sorted set: delivered or dead job -> when that was
--
-- An offer ends by {org}:due (due.lua). A worker's record names the jobs of its last poll (worker.lua); other offers to
-- it have ended.

local JOB_STATE = '^(%u+)\31(%d+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)$'

-- Returns a job and more of its fields, or nil. Refuses a damaged one.
function Jobs.read(id, ...)
  local key = AREA .. 'j:' .. id
  local row = call('HMGET', key, 'state', ...)
  if not row[1] and call('EXISTS', key) == 0 then
    return nil
  end
  local state, offers, worker, created, updated, number = match(row[1] or '', JOB_STATE)
  if not number then
    Step.damaged(key)
  end
  return {
    id = id, state = state, offers = offers, worker = worker, created = created, updated = updated,
    number = number,
  }, row[2], row[3]
end

function Jobs.store(j, ...)
  call('HSET', AREA .. 'j:' .. j.id, 'state', j.state .. '\31' .. j.offers .. '\31' .. j.worker .. '\31'
    .. j.created .. '\31' .. j.updated .. '\31' .. j.number, ...)
end

function Jobs.write(j)
  j.updated = NOW
  Jobs.store(j)
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

-- A poll stops after this many damaged jobs.
local MAX_BROKEN_JOBS = 64

-- Returns a job and its item if its offer to the worker stands.
function Jobs.offered_to(worker, id)
  local j, item
  Step.passes(function() j, item = Jobs.read(id, 'item') end)
  if j and item and j.state == 'OFFERED' and j.worker == worker then
    return j, item
  end
  return nil
end

-- Ends an offer: the job waits again in its old place, or is dead. Handles a due entry.
function Jobs.end_offer(name)
  local j = Jobs.read(name)
  if not j or j.state ~= 'OFFERED' then
    call('ZREM', AREA .. 'due', '6\31' .. name)
    return 0
  elseif j.offers + 0 >= Rules.MAX_OFFERS then
    Step.expect('zset', AREA .. 'jobs-over')
    j.state = 'DEAD'
    call('ZADD', AREA .. 'jobs-over', NOW, name)
  else
    Step.expect('zset', AREA .. 'jobs')
    j.state = 'WAITING'
    call('ZADD', AREA .. 'jobs', j.number, name)
    org.jobs = format('%d', org.jobs + 1)
    Step.hint('B', Rules.BATCH_CAPABILITY)
  end
  org.offers = format('%d', org.offers - 1)
  Jobs.write(j)
  call('ZREM', AREA .. 'due', '6\31' .. name)
end

-- Looks at the named jobs whose offer stands: delivers those that the worker has read, and takes back those that it never
-- got. Returns the names of the rest, behind RS each. The script has checked the types of what it writes.
function Jobs.settle(worker, names, fate_of)
  local unknown = ''
  for id in string.gmatch(names, '[^\30]+') do
    local j = Jobs.offered_to(worker, id)
    local fate = j and fate_of(j.updated + 0)
    if fate == 'READ' then
      j.state = 'DELIVERED'
      Jobs.write(j)
      call('ZREM', AREA .. 'due', '6\31' .. id)
      call('ZADD', AREA .. 'jobs-over', NOW, id)
      org.offers = format('%d', org.offers - 1)
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
    local _, item = Jobs.offered_to(worker, id)
    if item then
      list[#list + 1], list[#list + 2] = id, item
    end
  end
  return list
end

-- Offers a worker the oldest jobs: name, item, ... Skips damaged ones and adds their names to `broken`.
function Jobs.offer(worker, broken)
  local list, at = {}, 0
  while #list < 2 * Rules.MAX_ITEMS do
    local some = call('ZRANGE', AREA .. 'jobs', at, at + Rules.MAX_ITEMS - #list / 2 - 1)
    if not some[1] then
      break
    end
    for _, id in ipairs(some) do
      local j, item
      Step.passes(function() j, item = Jobs.read(id, 'item') end)
      if j and item and j.state == 'WAITING' then
        j.state, j.offers, j.worker = 'OFFERED', format('%d', j.offers + 1), worker
        Jobs.write(j)
        call('ZREM', AREA .. 'jobs', id)
        org.jobs, org.offers = format('%d', org.jobs - 1), format('%d', org.offers + 1)
        Due.schedule(format('%d', now + Rules.VISIBILITY_MS), '6', id)
        list[#list + 1], list[#list + 2] = id, item
      else
        broken[#broken + 1] = 'job\31' .. id
        at = at + 1
        if #broken >= MAX_BROKEN_JOBS then
          return list
        end
      end
    end
  end
  return list
end
