-- Adds a record of another org as it is, unless it is there. The org keeps its sequence number.
--
-- ARGV    2 closure  3 kind of record  4 ... the record, as below
-- Result  nothing
-- Refuses CLOSED, STORE_FULL, UNKNOWN_SESSION, DAMAGED

local kind = ARGV[3]
if not import_of(ARGV[2]) then
  return { org.seq, 'CLOSED' }
elseif org.bytes - 2 * MAX_BYTES > 0 then
  return { org.seq, 'STORE_FULL' }
end
local function larger(a, b)
  return b - a > 0 and b or a
end

-- numbers: 4 sequence number  5 token  6 time  7 last sweep  8 end of the last outage  9 time of the front
-- 10 time up to which claims are never no-shows  11 node that goes on with the sweeps. All but that of the last sweep
-- stay if they are larger.
if kind == 'numbers' then
  org.seq, org.token, org.front = larger(org.seq, ARGV[4]), larger(org.token, ARGV[5]), larger(org.front, ARGV[9])
  if ARGV[6] - now > 0 then
    NOW, now = ARGV[6], ARGV[6] + 0
  end
  local gap, judged = match(call('HGET', ORG, 'sweep') or '0 0 0', '^%d+ (%d+) (%d+)$')
  if not judged then
    damaged(ORG)
  end
  local excused = match(call('HGET', ORG, 'nodes') or '0', '^%d+')
  changed = { 'sweep', ARGV[7] .. ' ' .. larger(gap, ARGV[8]) .. ' ' .. judged,
    'nodes', larger(excused or '0', ARGV[10]) .. (ARGV[7] ~= '0' and ' ' .. ARGV[11] .. '=' .. ARGV[7] or '') }

-- key: 4 hash that the import is about to store, or '' for none
elseif kind == 'key' then
  if ARGV[4] ~= '' then
    call('SADD', AREA .. 'import', ARGV[4])
  end

-- revoked: 4 credential
elseif kind == 'revoked' then
  call('SADD', AREA .. 'revoked', ARGV[4])
  org.revoked = '1'

-- project: 4 name  5 most claimed or ''  6 daily budget or ''  7 spent  8 UTC day of that  9 end of its pause, 0 for
-- none, or '-' for no pause  10 pause (lib/project.lua)
elseif kind == 'project' then
  -- INSERT
  local name = ARGV[4]
  local p = project_of(name)
  if not p.max and not p.budget and p.pause == '-' then
    expect('zset', AREA .. 'due')
    expect('zset', AREA .. 'queues')
    p.max, p.budget, p.budget_text = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[6]
    p.spent, p.day = ARGV[7] + 0, ARGV[8] + 0
    p.pause = ARGV[9]
    if p.pause ~= '-' then
      call('HSET', ORG, 'pause:' .. name, ARGV[10])
      if p.pause ~= '0' then
        schedule(p.pause, '4', name)
      end
    end
  end

-- worker: 4 id  5 last sign of life  6 1 if silent, else 0  7 registered at  8 size  9 credential US machine, or '' for
-- none or if it is another worker's now  10 dialect  11 slots  12 draining  13 drained  14 retired  15 no-shows
-- 16 quarantines  17 time up to which its claims are judged  18 nacks  19 quarantined until  20 ... other fields
-- (lib/worker.lua): name, value, ...
elseif kind == 'worker' then
  local id, seen = ARGV[4], ARGV[5]
  local key = AREA .. 'w:' .. id
  if call('EXISTS', key) == 0 then
    for _, list in ipairs({ 'leases', 'silent', 'workers', 'registered' }) do
      expect('zset', AREA .. list)
    end
    expect('hash', AREA .. 'machines')
    call('HSET', key, 'state', worker_state(ARGV[10], seen, ARGV[11], ARGV[12], ARGV[6], ARGV[13], ARGV[14], '0', '',
      ARGV[15], ARGV[16], ARGV[17], ARGV[18], ARGV[19], '', ''), unpack(ARGV, 20))
    call('ZADD', AREA .. 'workers', ARGV[7], id)
    list_registered({ id = id, registered_by = call('HGET', key, 'registered_by') })
    if ARGV[6] == '1' then
      call('ZADD', AREA .. 'silent', seen, id)
    else
      call('ZADD', AREA .. 'leases', format('%d', seen + LEASE_MS), id)
    end
    if ARGV[9] ~= '' then
      call('HSET', AREA .. 'machines', ARGV[9], id)
    end
    count_bytes(ARGV[8])
  end

-- sessions: 4 ... for each the number of its arguments, and those (lib/copy.lua)
elseif kind == 'sessions' then
  -- INSERT
  local lost = import_sessions()
  if lost then
    write_org(true)
    return { org.seq, 'DAMAGED', lost }
  end

-- told: 4 session  5 ... id, time, type, body of its activities, the oldest first
elseif kind == 'told' then
  -- INSERT
  local s, refusal = read_session(ARGV[4])
  if not s then
    return { org.seq, refusal, ARGV[4] }
  end
  expect('list', AREA .. 'a:' .. s.id)
  expect('hash', AREA .. 'said')
  for i = 5, #ARGV, 4 do
    if ARGV[i] - s.activities > 0 then
      keep_activity(s, ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3])
    end
  end
  write_session(s)

-- message: 4 session  5 id  6 its number  7 lane: urgent or normal  8 content  9 1 for a nudge, else 0  10 end of its
-- latest offer or 0  11 worker that it was offered to, or ''  12 1 for a stop, else 0
elseif kind == 'message' then
  -- INSERT
  local s, refusal = read_session(ARGV[4])
  if not s then
    return { org.seq, refusal, ARGV[4] }
  end
  check_post(s)
  expect('hash', AREA .. 'told:' .. s.id)
  local w = s.place == 'CLAIMED' and read_worker(s.owner)
  if not call('HGET', AREA .. 'messages:' .. s.id, ARGV[5]) then
    keep_message(s, w, ARGV[7], ARGV[5], ARGV[6], ARGV[8], ARGV[9] == '1', ARGV[10])
    if ARGV[11] ~= '' then
      call('HSET', AREA .. 'told:' .. s.id, sub(ARGV[7], 1, 1) .. ARGV[5], ARGV[11])
      s.told = '1'
    end
    if ARGV[12] == '1' and in_grace(s) then
      s.stop = ARGV[5]
    end
    write_session(s)
    if w then
      write_worker(w)
    end
  end

-- archived: 4 session  5 id  6 lane: urgent or normal  7 content  8 end of its latest offer or 0  9 archived at
elseif kind == 'archived' then
  -- INSERT
  local session, archive = ARGV[4], AREA .. 'archive:' .. ARGV[4]
  expect('hash', AREA .. 'archived')
  expect('zset', AREA .. 'archives')
  expect('zset', AREA .. 'left:' .. session)
  if call('HSETNX', archive, ARGV[5], ARGV[7]) == 1 then
    local bytes = bytes_of_message(ARGV[7])
    count_bytes(bytes)
    call('HSET', AREA .. 'archived', session, format('%d', (call('HGET', AREA .. 'archived', session) or 0) + bytes))
    call('ZADD', AREA .. 'archives', ARGV[9], session)
    if ARGV[8] ~= '0' then
      call('ZADD', AREA .. 'left:' .. session, ARGV[8], sub(ARGV[6], 1, 1) .. ARGV[5])
    end
  end

-- acked: 4 session  5 ... lines (lib/inbox.lua)
elseif kind == 'acked' then
  -- INSERT
  local s, refusal = read_session(ARGV[4])
  if not s then
    return { org.seq, refusal, ARGV[4] }
  end
  expect('list', AREA .. 'acked:' .. s.id)
  if call('EXISTS', AREA .. 'acked:' .. s.id) == 0 then
    keep_acked(s.id, { unpack(ARGV, 5) })
    write_session(s)
  end

-- job: 4 id  5 content hash  6 item  7 state  8 number of offers  9 worker or ''  10 created at  11 updated at
-- 12 number  13 end of its offer or 0  14 1 if its worker's next poll delivers it, else 0
elseif kind == 'job' then
  -- INSERT
  local j = {
    id = ARGV[4], state = ARGV[7], offers = ARGV[8], worker = ARGV[9], created = ARGV[10], updated = ARGV[11],
    number = ARGV[12],
  }
  if call('EXISTS', AREA .. 'j:' .. j.id) == 0 then
    for _, list in ipairs({ 'due', 'jobs', 'jobs-over' }) do
      expect('zset', AREA .. list)
    end
    local w = ARGV[14] == '1' and read_worker(j.worker)
    store_job(j, 'hash', ARGV[5], 'item', ARGV[6])
    count_bytes(RECORD_BYTES + #ARGV[6])
    if j.state == 'WAITING' then
      call('ZADD', AREA .. 'jobs', j.number, j.id)
      org.jobs = format('%d', org.jobs + 1)
    elseif j.state == 'OFFERED' then
      schedule(ARGV[13], '6', j.id)
      org.offers = format('%d', org.offers + 1)
    else
      call('ZADD', AREA .. 'jobs-over', j.updated, j.id)
    end
    if w then
      hold_job(w, j)
    end
  end

-- stop: 4 id  5 when it was ordered  6 order (add_stop.lua)
elseif kind == 'stop' then
  expect('zset', AREA .. 'stop-runs')
  if call('SETNX', AREA .. 'stop-run:' .. ARGV[4], ARGV[6]) == 1 then
    call('ZADD', AREA .. 'stop-runs', ARGV[5], ARGV[4])
  end

-- answer: 4 idempotency key  5 part of the call  6 hash of the call's content  7 until when it is kept  8 answer
elseif kind == 'answer' then
  -- INSERT
  local name = AREA .. 'r:' .. ARGV[4]
  expect('zset', AREA .. 'replays')
  if not call('HGET', name, ARGV[5]) then
    count_bytes(LINE_BYTES)
    begin_replay(name, ARGV[4], ARGV[6], ARGV[5], ARGV[8], ARGV[7])
  end

-- audit: 4 id  5 actor  6 line (lib/audit.lua), which replaces one with its id
elseif kind == 'audit' then
  -- INSERT
  for _, list in ipairs({ 'audit', 'audit-actors', 'audit-of:' .. ARGV[5] }) do
    expect('zset', AREA .. list)
  end
  local taken = call('ZRANGEBYSCORE', AREA .. 'audit', ARGV[4], ARGV[4])[1]
  if taken then
    drop_audit(taken, match(taken, '^%d+\31[%d+]+\31([^\31]*)\31'))
  end
  keep_audit(ARGV[4], ARGV[5], ARGV[6])
end
write_org(true)
return { org.seq, 'OK' }
