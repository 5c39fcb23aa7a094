-- Adds a record of another org as it is, unless it is there. The org keeps its sequence number.
--
-- ARGV    2 closure  3 kind of record  4 ... the record, as below
-- Result  nothing
-- Refuses CLOSED, STORE_FULL, UNKNOWN_SESSION, DAMAGED
function Functions.import(args)
  local kind = args[3]
  if not Closures.import_of(args[2]) then
    return { org.seq, 'CLOSED' }
  elseif org.bytes - 2 * Rules.MAX_BYTES > 0 then
    return { org.seq, 'STORE_FULL' }
  end
  local function larger(a, b)
    return b - a > 0 and b or a
  end

  -- numbers: 4 sequence number  5 token  6 time  7 last sweep  8 end of the last outage  9 time of the front
  -- 10 time up to which claims are never no-shows  11 node that goes on with the sweeps. All but that of the last sweep
  -- stay if they are larger.
  if kind == 'numbers' then
    org.seq, org.token, org.front = larger(org.seq, args[4]), larger(org.token, args[5]), larger(org.front, args[9])
    if args[6] - now > 0 then
      NOW, now = args[6], args[6] + 0
    end
    local gap, judged = match(call('HGET', ORG, 'sweep') or '0 0 0', '^%d+ (%d+) (%d+)$')
    if not judged then
      Step.damaged(ORG)
    end
    local excused = match(call('HGET', ORG, 'nodes') or '0', '^%d+')
    Step.set_field('sweep', args[7] .. ' ' .. larger(gap, args[8]) .. ' ' .. judged)
    Step.set_field('nodes', larger(excused or '0', args[10]) .. (args[7] ~= '0' and ' ' .. args[11] .. '=' .. args[7] or ''))

  -- key: 4 hash that the import is about to store, or '' for none
  elseif kind == 'key' then
    if args[4] ~= '' then
      call('SADD', AREA .. 'import', args[4])
    end

  -- revoked: 4 credential
  elseif kind == 'revoked' then
    call('SADD', AREA .. 'revoked', args[4])
    org.revoked = '1'

  -- project: 4 name  5 most claimed or ''  6 daily budget or ''  7 spent  8 UTC day of that  9 end of its pause, 0 for
  -- none, or '-' for no pause  10 pause (lib/project.lua)
  elseif kind == 'project' then
    local name = args[4]
    local p = Queues.of(name)
    if not p.max and not p.budget and p.pause == '-' then
      Step.expect('zset', AREA .. 'due')
      Step.expect('zset', AREA .. 'queues')
      p.max, p.budget, p.budget_text = tonumber(args[5]), tonumber(args[6]), args[6]
      p.spent, p.day = args[7] + 0, args[8] + 0
      p.pause = args[9]
      if p.pause ~= '-' then
        call('HSET', ORG, 'pause:' .. name, args[10])
        if p.pause ~= '0' then
          Due.schedule(p.pause, '4', name)
        end
      end
    end

  -- worker: 4 id  5 last sign of life  6 1 if silent, else 0  7 registered at  8 size  9 credential US machine, or '' for
  -- none or if it is another worker's now  10 dialect  11 slots  12 draining  13 drained  14 retired  15 no-shows
  -- 16 quarantines  17 time up to which its claims are judged  18 nacks  19 quarantined until  20 ... other fields
  -- (lib/worker.lua): name, value, ...
  elseif kind == 'worker' then
    local id, seen = args[4], args[5]
    local key = AREA .. 'w:' .. id
    if call('EXISTS', key) == 0 then
      for _, list in ipairs({ 'leases', 'silent', 'workers', 'registered' }) do
        Step.expect('zset', AREA .. list)
      end
      Step.expect('hash', AREA .. 'machines')
      call('HSET', key, 'state', Workers.state(args[10], seen, args[11], args[12], args[6], args[13], args[14], '0', '',
        args[15], args[16], args[17], args[18], args[19], '', ''), unpack(args, 20))
      call('ZADD', AREA .. 'workers', args[7], id)
      Workers.list_registered({ id = id, registered_by = call('HGET', key, 'registered_by') })
      if args[6] == '1' then
        call('ZADD', AREA .. 'silent', seen, id)
      else
        call('ZADD', AREA .. 'leases', format('%d', seen + Rules.LEASE_MS), id)
      end
      if args[9] ~= '' then
        call('HSET', AREA .. 'machines', args[9], id)
      end
      Step.count_bytes(args[8])
    end

  -- sessions: 4 ... for each the number of its arguments, and those (lib/copy.lua)
  elseif kind == 'sessions' then
    local lost = Imports.sessions(args, 4)
    if lost then
      Step.commit(true)
      return { org.seq, 'DAMAGED', lost }
    end

  -- told: 4 session  5 ... id, time, type, body of its activities, the oldest first
  elseif kind == 'told' then
    local s, refusal = Sessions.read(args[4])
    if not s then
      return { org.seq, refusal, args[4] }
    end
    Step.expect('list', AREA .. 'a:' .. s.id)
    Step.expect('hash', AREA .. 'said')
    for i = 5, #args, 4 do
      if args[i] - s.activities > 0 then
        Sessions.keep_activity(s, args[i], args[i + 1], args[i + 2], args[i + 3])
      end
    end
    Sessions.write(s)

  -- message: 4 session  5 id  6 its number  7 lane: urgent or normal  8 content  9 1 for a nudge, else 0  10 end of its
  -- latest offer or 0  11 worker that it was offered to, or ''  12 1 for a stop, else 0
  elseif kind == 'message' then
    local s, refusal = Sessions.read(args[4])
    if not s then
      return { org.seq, refusal, args[4] }
    end
    Inbox.check(s)
    Step.expect('hash', AREA .. 'told:' .. s.id)
    local w = s.place == 'CLAIMED' and Workers.read(s.owner)
    if not call('HGET', AREA .. 'messages:' .. s.id, args[5]) then
      Inbox.keep(s, w, args[7], args[5], args[6], args[8], args[9] == '1', args[10])
      if args[11] ~= '' then
        call('HSET', AREA .. 'told:' .. s.id, sub(args[7], 1, 1) .. args[5], args[11])
        s.told = '1'
      end
      if args[12] == '1' and Sessions.in_grace(s) then
        s.stop = args[5]
      end
      Sessions.write(s)
      if w then
        Workers.write(w)
      end
    end

  -- archived: 4 session  5 id  6 lane: urgent or normal  7 content  8 end of its latest offer or 0  9 archived at
  elseif kind == 'archived' then
    local session, archive = args[4], AREA .. 'archive:' .. args[4]
    Step.expect('hash', AREA .. 'archived')
    Step.expect('zset', AREA .. 'archives')
    Step.expect('zset', AREA .. 'left:' .. session)
    if call('HSETNX', archive, args[5], args[7]) == 1 then
      local bytes = Inbox.bytes_of(args[7])
      Step.count_bytes(bytes)
      call('HSET', AREA .. 'archived', session, format('%d', (call('HGET', AREA .. 'archived', session) or 0) + bytes))
      call('ZADD', AREA .. 'archives', args[9], session)
      if args[8] ~= '0' then
        call('ZADD', AREA .. 'left:' .. session, args[8], sub(args[6], 1, 1) .. args[5])
      end
    end

  -- acked: 4 session  5 ... lines (lib/inbox.lua)
  elseif kind == 'acked' then
    local s, refusal = Sessions.read(args[4])
    if not s then
      return { org.seq, refusal, args[4] }
    end
    Step.expect('list', AREA .. 'acked:' .. s.id)
    if call('EXISTS', AREA .. 'acked:' .. s.id) == 0 then
      Inbox.keep_acked(s.id, { unpack(args, 5) })
      Sessions.write(s)
    end

  -- job: 4 id  5 content hash  6 item  7 state  8 number of offers  9 worker or ''  10 created at  11 updated at
  -- 12 number  13 end of its offer or 0  14 1 if its worker's next poll delivers it, else 0
  elseif kind == 'job' then
    local j = {
      id = args[4], state = args[7], offers = args[8], worker = args[9], created = args[10], updated = args[11],
      number = args[12],
    }
    if call('EXISTS', AREA .. 'j:' .. j.id) == 0 then
      for _, list in ipairs({ 'due', 'jobs', 'jobs-over' }) do
        Step.expect('zset', AREA .. list)
      end
      local w = args[14] == '1' and Workers.read(j.worker)
      Jobs.store(j, 'hash', args[5], 'item', args[6])
      Step.count_bytes(Rules.RECORD_BYTES + #args[6])
      if j.state == 'WAITING' then
        call('ZADD', AREA .. 'jobs', j.number, j.id)
        org.jobs = format('%d', org.jobs + 1)
      elseif j.state == 'OFFERED' then
        Due.schedule(args[13], '6', j.id)
        org.offers = format('%d', org.offers + 1)
      else
        call('ZADD', AREA .. 'jobs-over', j.updated, j.id)
      end
      if w then
        Jobs.hold(w, j)
      end
    end

  -- stop: 4 id  5 when it was ordered  6 order (add_stop.lua)
  elseif kind == 'stop' then
    Step.expect('zset', AREA .. 'stop-runs')
    if call('SETNX', AREA .. 'stop-run:' .. args[4], args[6]) == 1 then
      call('ZADD', AREA .. 'stop-runs', args[5], args[4])
    end

  -- answer: 4 idempotency key  5 part of the call  6 hash of the call's content  7 until when it is kept  8 answer
  elseif kind == 'answer' then
    local name = AREA .. 'r:' .. args[4]
    Step.expect('zset', AREA .. 'replays')
    if not call('HGET', name, args[5]) then
      Step.count_bytes(Rules.LINE_BYTES)
      Replays.begin(name, args[4], args[6], args[5], args[8], args[7])
    end

  -- audit: 4 id  5 actor  6 line (lib/audit.lua), which replaces one with its id
  elseif kind == 'audit' then
    for _, list in ipairs({ 'audit', 'audit-actors', 'audit-of:' .. args[5] }) do
      Step.expect('zset', AREA .. list)
    end
    local taken = call('ZRANGEBYSCORE', AREA .. 'audit', args[4], args[4])[1]
    if taken then
      Audit.drop(taken, match(taken, '^%d+\31[%d+]+\31([^\31]*)\31'))
    end
    Audit.keep(args[4], args[5], args[6])
  end
  Step.commit(true)
  return { org.seq, 'OK' }
end
