-- Poll: renews the worker's lease, claims the best waiting work for its free slots, and offers the messages of its active
-- sessions, and jobs.
--
-- ARGV    2 worker  3 credential of the caller or ''  4 request id  5 most items  6 1 if jobs may be offered, else 0
--         7 name of the node that answers  8 the call
-- Result  dialect, capabilities, projects it takes,
--         1 if work is left in order, else 0, followed by the free slots that another poll may fill,
--         number of claims,
--         session, token, accept deadline US enqueue time US project, content, for each claim,
--         session, message, time of this offer, content, for each message,
--         if there are any, a list: job, item, for each job
-- Refuses UNKNOWN_WORKER
--
-- The functions that most polls don't need are inserted in blocks that these polls don't enter: Redis makes the functions
-- of a script at each run.

-- Read the worker, for a caller that may act for it.
local id, request = ARGV[2], ARGV[4]
local key = AREA .. 'w:' .. id
local row = call('HMGET', key, 'state', 'last', 'takes', 'capabilities', 'hostname')
local last, takes, capabilities = row[2], row[3], row[4]
if not row[1] then
  return { org.seq, 'UNKNOWN_WORKER' }
end
if ARGV[3] ~= '' or org.revoked == '1' then
  local registered_by = call('HGET', key, 'registered_by')
  if ARGV[3] ~= '' and registered_by ~= ARGV[3]
    or org.revoked == '1' and call('SISMEMBER', AREA .. 'revoked', registered_by) == 1 then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
end
local dialect, seen, capacity, draining, silent, drained, retired, active, mail, no_shows, quarantines, judged,
  nacks, quarantined, version, sets = match(row[1], STATE)
local accept_ms = ACCEPT_MS[dialect]
if not (accept_ms and last and takes and capabilities) then
  damaged(key)
end

-- May it get work, and did its last poll tell it of jobs, or as a snake-case worker of messages?
local snake = dialect == 'SNAKE_CASE'
local repeated = sub(last, 1, #request + 1) == request .. '\31'
local may = takes ~= NO_PROJECTS and may_take(draining, drained, retired, quarantined)
local told = snake and not repeated and mail ~= ''
local jobs = find(last, '\30', 1, true)
jobs = jobs and sub(last, jobs + 1)
local asks = may and not repeated and ARGV[6] == '1' and (org.jobs ~= '0' or org.offers ~= '0')
  and find('\30' .. capabilities .. '\30', '\30' .. BATCH_CAPABILITY .. '\30', 1, true)

-- All that may refuse is here. Below, reads don't raise, and each item is decided before it is written.
if silent == '1' or retired == '1' then
  expect('zset', AREA .. 'leases')
  expect('zset', AREA .. 'silent')
  expect('zset', AREA .. 'workers')
  expect('zset', AREA .. 'registered')
end
if may and not repeated and (told or capacity - active > 0) then
  expect('zset', AREA .. 'claimed')
end
if jobs or asks then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'jobs')
  expect('zset', AREA .. 'jobs-over')
end
if org.returned ~= '0' or told then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'returns:' .. id)
end

-- 1. Deadlines.
if org.due ~= '0' and org.due + 0 <= now then
  -- INSERT
  local _, _, wrote = handle_due(DUE_STEP)
  if wrote then
    commit(true)
  end
end

-- 2. Settle what earlier polls offered.
local broken, unsettled
if told then
  -- INSERT
  broken = {}
  local w = { id = id, active = active, mail = mail, gone = {} }
  if settle_told(w, broken, fates_of(key, ARGV[7])) then
    active, mail = w.active, w.mail
    if w.gone[1] then
      call('HDEL', key, unpack(w.gone))
    end
    commit(true)
  end
end
if jobs and not repeated then
  -- INSERT
  unsettled = settle_jobs(id, jobs, fates_of(key, ARGV[7]))
end

-- 3. Claims; a repeated poll gets those of its first run that still stand.
local reply = { '', 'OK', dialect, capabilities, takes, '', 0 }
local claims, set, gone = '', nil, nil
local wanted = may and not repeated and (org.ready ~= '0' or org.returned ~= '0')
  and math.min(ARGV[5], MAX_ITEMS, capacity - active) or 0
if wanted > 0 then
  -- INSERT
  hand_out(wanted)
elseif repeated then
  -- INSERT
  reply[7], gone = claims_again(id, sub(last, #request + 2), reply)
end

-- 4. Messages of its other sessions.
local before_messages = #reply
if repeated and mail ~= '' and dialect ~= 'GO_DAEMON' then
  -- INSERT
  local offered = call('HGET', key, 'poll')
  if offered and sub(offered, 1, #CALL + 1) == CALL .. ' ' then
    mail = read_again(id, match(offered, '%d+$'))
  end
end
if mail ~= '' and dialect ~= 'GO_DAEMON' and (mail + 0 <= now or snake and repeated) then
  -- INSERT
  broken = broken or {}
  local room, items = ANSWER_BYTES - JOB_BYTES, 0
  for i = 11, #reply, 4 do
    items = items + size_of(reply[i])
  end
  room = room - COPIES[dialect] * items
  mail = offer_messages(id, reply, broken, snake, snake and repeated, room)
  if #reply > before_messages then
    call('HSET', key, 'poll', CALL .. ' ' .. NOW)
  end
end

-- 5. Jobs.
local offers
if asks and org.jobs ~= '0' and (unsettled or '') == '' then
  -- INSERT
  broken = broken or {}
  local _, nacked = own_returns(id)
  offers = nacked < MAX_RETURNS and offer_jobs(id, broken)
elseif jobs and repeated then
  -- INSERT
  offers = standing_jobs(id, jobs)
end
if offers and offers[1] or snake and #reply > before_messages then
  -- INSERT
  note_offers(key, ARGV[7], repeated)
end
if offers and offers[1] then
  reply[#reply + 1] = offers
end

-- 6. The worker's record.
if silent == '1' then
  silent = '0'
  call('ZREM', AREA .. 'silent', id)
  call('ZADD', AREA .. 'leases', now + LEASE_MS, id)
end
if not repeated then
  last = request .. '\31' .. claims .. (unsettled or '')
  for i = 1, offers and #offers or 0, 2 do
    last = last .. '\30' .. offers[i]
  end
end
local state = worker_state(dialect, NOW, capacity, draining, silent, drained, retired, active, mail, no_shows,
  quarantines, judged, nacks, quarantined, version, sets)
if retired == '1' and active == '0' then
  -- INSERT
  write_worker({ id = id, key = key, retired = '1', active = '0' })
elseif set then
  call('HSET', key, 'state', state, 'last', last, 'polled', NOW, unpack(set))
else
  call('HSET', key, 'state', state, 'last', last, 'polled', NOW)
end

-- 7. Sessions of a repeated poll whose item is missing end.
if gone and gone[1] then
  commit(true)
  -- INSERT
  broken = broken or {}
  local w = read_worker(id)
  for _, session in ipairs(gone) do
    if not give_up(session, w) then
      broken[#broken + 1] = session
    end
  end
  write_worker(w)
  active = w.active
end
if broken and broken[1] then
  -- INSERT
  note_damage(broken)
end

local free = may and math.max(0, capacity - active) or 0
if free > 0 and (org.returned ~= '0' or org.parked ~= '0') then
  -- INSERT
  local _, nacked = own_returns(id)
  free = nacked < MAX_RETURNS and free or 0
end
commit()
reply[1] = org.seq
reply[6] = (org.ready == '0' and org.returned == '0' and '0' or '1') .. free
return reply
