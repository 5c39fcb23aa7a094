-- The jobs of a poll; lib/batch.lua has the layout.

-- A poll passes over so many damaged ones, then it stops.
local MAX_BROKEN_JOBS = 64

-- The job if its offer to that worker stands, and its item.
local function offered_to(worker, id)
  local j, item
  passes(function() j, item = read_job(id, 'item') end)
  if j and item and j.state == 'OFFERED' and j.worker == worker then
    return j, item
  end
  return nil
end

-- Delivers those of these jobs whose offer stands. The types of what it writes were looked at before.
local function deliver(worker, names)
  for id in string.gmatch(names, '[^\30]+') do
    local j = offered_to(worker, id)
    if j then
      j.state = 'DELIVERED'
      write_job(j)
      call('ZREM', AREA .. 'due', '6\31' .. id)
      call('ZADD', AREA .. 'jobs-over', NOW, id)
      org.offers = format('%d', org.offers - 1)
    end
  end
end

-- Those of these jobs whose offer stands: name, item, ...
local function standing_jobs(worker, names)
  local list = {}
  for id in string.gmatch(names, '[^\30]+') do
    local _, item = offered_to(worker, id)
    if item then
      list[#list + 1], list[#list + 2] = id, item
    end
  end
  return list
end

-- Offers a worker the oldest jobs: name, item, ... Adds names of damaged ones, which it passes over, to
-- `broken`.
local function offer_jobs(worker, broken)
  local list, at = {}, 0
  while #list < 2 * MAX_ITEMS do
    local some = call('ZRANGE', AREA .. 'jobs', at, at + MAX_ITEMS - #list / 2 - 1)
    if not some[1] then
      break
    end
    for _, id in ipairs(some) do
      local j, item
      passes(function() j, item = read_job(id, 'item') end)
      if j and item and j.state == 'WAITING' then
        j.state, j.offers, j.worker = 'OFFERED', format('%d', j.offers + 1), worker
        write_job(j)
        call('ZREM', AREA .. 'jobs', id)
        org.jobs, org.offers = format('%d', org.jobs - 1), format('%d', org.offers + 1)
        local ends = format('%d', now + VISIBILITY_MS)
        call('ZADD', AREA .. 'due', ends, '6\31' .. id)
        if org.due == '0' or ends + 0 < org.due + 0 then
          org.due = ends
        end
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
