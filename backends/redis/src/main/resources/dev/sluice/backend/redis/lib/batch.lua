-- Jobs of the batch lane.
--
--   {org}:j:<job>     hash
--       state             WAITING, OFFERED, DELIVERED or DEAD US how often it was offered US worker it
--                         was offered to last, or none US created US updated US its number, which says
--                         its place
--       hash              of what was added
--       item              as added
--   {org}:jobs        sorted set, waiting job -> its number
--   {org}:jobs-over   sorted set, job that is over -> when that was
--
-- An offered job stands among what waits for a time, lib/due.lua. A worker's last poll names the jobs
-- that it was offered, lib/worker.lua: what else was offered to it before is over, or waits anew.

local JOB_STATE = '^(%u+)\31(%d+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)$'

-- The job of that name; nil if there is none. Raises where it is damaged.
local function read_job(id, ...)
  local key = AREA .. 'j:' .. id
  local row = call('HMGET', key, 'state', ...)
  if not row[1] and call('EXISTS', key) == 0 then
    return nil
  end
  local state, offers, worker, created, updated, number = match(row[1] or '', JOB_STATE)
  if not number then
    damaged(key)
  end
  return {
    id = id, state = state, offers = offers, worker = worker, created = created, updated = updated,
    number = number,
  }, row[2], row[3]
end

local function write_job(j)
  j.updated = NOW
  call('HSET', AREA .. 'j:' .. j.id, 'state', j.state .. '\31' .. j.offers .. '\31' .. j.worker .. '\31'
    .. j.created .. '\31' .. NOW .. '\31' .. j.number)
end
