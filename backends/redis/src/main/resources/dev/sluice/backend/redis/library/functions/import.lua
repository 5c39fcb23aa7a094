-- The import of records of another org.

-- The functions that add a record, by its kind. The comment above each of them numbers its arguments. A function
-- returns nothing, or a refusal and the id of the session that is missing or damaged.
local KINDS = {}

local function larger(a, b)
  return b - a > 0 and b or a
end

-- 4 sequence number  5 token  6 time  7 last sweep  8 end of the last outage  9 time of the front  10 time up to which
-- claims are no no-shows  11 node that goes on with the sweeps. The org keeps a larger value of its own, but for the
-- last sweep.
function KINDS.numbers(args)
  local seq, token, time, swept_at, outage_end, front, excused, node = unpack(args, 4, 11)
  org.seq, org.token, org.front = larger(org.seq, seq), larger(org.token, token), larger(org.front, front)
  if time - now > 0 then
    NOW, now = time, time + 0
  end
  local gap, judged = match(Step.field('sweep') or '0 0 0', '^%d+ (%d+) (%d+)$')
  if not judged then
    Step.damaged(ORG)
  end
  local excused_here = match(Step.field('nodes') or '0', '^%d+') or '0'
  local sweeps = swept_at ~= '0' and ' ' .. node .. '=' .. swept_at or ''
  Step.set_field('sweep', swept_at .. ' ' .. larger(gap, outage_end) .. ' ' .. judged)
  Step.set_field('nodes', larger(excused_here, excused) .. sweeps)
end

-- 4 number of the last event
function KINDS.logged(args)
  Events.begin_behind(args[4])
end

-- 4 hash that the import is about to store, or '' for none
function KINDS.key(args)
  if args[4] ~= '' then
    call('SADD', AREA .. 'import', args[4])
  end
end

-- 4 credential
function KINDS.revoked(args)
  call('SADD', AREA .. 'revoked', args[4])
  org.revoked = '1'
end

-- 4 name  5 most claimed or ''  6 daily budget or ''  7 spent  8 UTC day of that  9 end of its pause, 0 for none, or '-'
-- for no pause  10 pause (rules/queues.lua)
function KINDS.project(args)
  local name, most, budget, spent, day, pause, why = unpack(args, 4, 10)
  local p = Queues.of(name)
  if p.max or p.budget or p.pause ~= '-' then
    return
  end
  Pages.check('due', 'queues')
  p.max, p.budget, p.budget_text, p.spent, p.day = tonumber(most), tonumber(budget), budget, spent + 0, day + 0
  p.pause = pause
  if pause ~= '-' then
    Step.set_field('pause:' .. name, why)
  end
  if pause ~= '-' and pause ~= '0' then
    Due.schedule(pause, '4', name)
  end
end

-- 4 id  5 last sign of life  6 1 if silent, else 0  7 registered at  8 size  9 credential US machine, or '' for none or if
-- it is another worker's now  10 dialect  11 slots  12 draining  13 drained  14 retired  15 no-shows  16 quarantines
-- 17 time up to which its claims are judged  18 nacks  19 quarantined until  20 ... other fields (rules/workers.lua):
-- name, value, ...
function KINDS.worker(args)
  local id, seen, silent, registered_at, bytes, machine, dialect, slots, draining, drained, retired = unpack(args, 4, 14)
  local no_shows, quarantines, judged, nacks, quarantined = unpack(args, 15, 19)
  local key = AREA .. 'w:' .. id
  if call('EXISTS', key) == 1 then
    return
  end
  Pages.check('leases', 'silent', 'workers', 'registered')
  Step.expect('hash', AREA .. 'machines')
  local state = Workers.state(dialect, seen, slots, draining, silent, drained, retired, '0', '', no_shows, quarantines,
    judged, nacks, quarantined, '', '')
  call('HSET', key, 'state', state, unpack(args, 20))
  call('ZADD', AREA .. 'workers', registered_at, id)
  Workers.list_registered({ id = id, registered_by = call('HGET', key, 'registered_by') })
  if silent == '1' then
    call('ZADD', AREA .. 'silent', seen, id)
  else
    call('ZADD', AREA .. 'leases', format('%d', seen + Rules.LEASE_MS), id)
  end
  if machine ~= '' then
    call('HSET', AREA .. 'machines', machine, id)
  end
  Step.count_bytes(bytes)
end

-- 4 ... for each session the number of its values, and those (rules/imports.lua)
function KINDS.sessions(args)
  local damaged = Imports.sessions(args, 4)
  if damaged then
    Step.commit(true)
    return 'DAMAGED', damaged
  end
end

-- 4 session  5 ... id, time, type, body of its activities, the oldest first
function KINDS.told(args)
  local s, refusal = Sessions.read(args[4])
  if not s then
    return refusal, args[4]
  end
  Step.expect('list', AREA .. 'a:' .. s.id)
  Step.expect('hash', AREA .. 'said')
  for i = 5, #args, 4 do
    if args[i] - s.activities > 0 then
      Sessions.keep_activity(s, unpack(args, i, i + 3))
    end
  end
  Sessions.write(s)
end

-- 4 session  5 id  6 its number  7 lane: urgent or normal  8 content  9 1 for a nudge, else 0  10 end of its latest offer
-- or 0  11 worker that it was offered to, or ''  12 1 for a stop, else 0
function KINDS.message(args)
  local session, id, number, lane, content, nudge, hidden_until, told, stop = unpack(args, 4, 12)
  local s, refusal = Sessions.read(session)
  if not s then
    return refusal, session
  end
  Inbox.check(s)
  Step.expect('hash', AREA .. 'told:' .. s.id)
  local w = s.place == 'CLAIMED' and Workers.read(s.owner)
  if call('HGET', AREA .. 'messages:' .. s.id, id) then
    return
  end
  Inbox.keep(s, w, lane, id, number, content, nudge == '1', hidden_until)
  if told ~= '' then
    call('HSET', AREA .. 'told:' .. s.id, Inbox.member(lane, id), told)
    s.told = '1'
  end
  if stop == '1' and Sessions.in_grace(s) then
    s.stop = id
  end
  Sessions.write(s)
  if w then
    Workers.write(w)
  end
end

-- 4 session  5 id  6 lane: urgent or normal  7 content  8 end of its latest offer or 0  9 archived at
function KINDS.archived(args)
  local session, id, lane, content, hidden_until, archived_at = unpack(args, 4, 9)
  Step.expect('hash', AREA .. 'archived')
  Pages.check('archives', 'left:' .. session)
  if call('HSETNX', AREA .. 'archive:' .. session, id, content) == 0 then
    return
  end
  local bytes = Inbox.bytes_of(content)
  Step.count_bytes(bytes)
  call('HSET', AREA .. 'archived', session, format('%d', (call('HGET', AREA .. 'archived', session) or 0) + bytes))
  call('ZADD', AREA .. 'archives', archived_at, session)
  if hidden_until ~= '0' then
    call('ZADD', AREA .. 'left:' .. session, hidden_until, Inbox.member(lane, id))
  end
end

-- 4 session  5 ... lines (rules/inbox.lua)
function KINDS.acked(args)
  local s, refusal = Sessions.read(args[4])
  if not s then
    return refusal, args[4]
  end
  Step.expect('list', AREA .. 'acked:' .. s.id)
  if call('EXISTS', AREA .. 'acked:' .. s.id) == 0 then
    Inbox.keep_acked(s.id, { unpack(args, 5) })
    Sessions.write(s)
  end
end

-- 4 id  5 content hash  6 item  7 state  8 number of offers  9 worker or ''  10 created at  11 updated at  12 number
-- 13 end of its offer or 0  14 1 if its worker's next poll delivers it, else 0
function KINDS.job(args)
  local id, hash, item = unpack(args, 4, 6)
  local j = { id = id }
  j.state, j.offers, j.worker, j.created, j.updated, j.number = unpack(args, 7, 12)
  if call('EXISTS', AREA .. 'j:' .. id) == 1 then
    return
  end
  Pages.check('due', 'jobs', 'jobs-over')
  local w = args[14] == '1' and Workers.read(j.worker)
  Jobs.store(j, 'hash', hash, 'item', item)
  Jobs.list(j, args[13])
  Step.count_bytes(Rules.RECORD_BYTES + #item)
  if w then
    Jobs.hold(w, j)
  end
end

-- 4 id  5 when it was ordered  6 order (functions/add_stop.lua)
function KINDS.stop(args)
  local id, ordered_at, order = unpack(args, 4, 6)
  Pages.check('stop-runs')
  if call('SETNX', AREA .. 'stop-run:' .. id, order) == 1 then
    call('ZADD', AREA .. 'stop-runs', ordered_at, id)
  end
end

-- 4 idempotency key  5 part of the call  6 hash of the call's content  7 until when it is kept  8 answer
function KINDS.answer(args)
  local key, part, body, till, answer = unpack(args, 4, 8)
  local name = AREA .. 'r:' .. key
  Pages.check('replays')
  if not call('HGET', name, part) then
    Step.count_bytes(Rules.LINE_BYTES)
    Replays.begin(name, key, body, part, answer, till)
  end
end

-- 4 id  5 actor  6 line (rules/audit.lua), which replaces one with its id
function KINDS.audit(args)
  local id, actor, line = unpack(args, 4, 6)
  Pages.check('audit', 'audit-actors', 'audit-of:' .. actor)
  local before = call('ZRANGEBYSCORE', AREA .. 'audit', id, id)[1]
  if before then
    Audit.drop(before, match(before, '^%d+\31[%d+]+\31([^\31]*)\31'))
  end
  Audit.keep(id, actor, line)
end

-- Adds a record of another org as it is, unless it is there. The org keeps its sequence number.
--
-- Arguments  2 closure  3 kind of record  4 ... the record, as above
-- Result  nothing
-- Refuses CLOSED, STORE_FULL, UNKNOWN_SESSION, DAMAGED
function Functions.import(args)
  if not Closures.is_import(args[2]) then
    return { org.seq, 'CLOSED' }
  elseif org.bytes - 2 * Rules.MAX_BYTES > 0 then
    return { org.seq, 'STORE_FULL' }
  end
  local add = KINDS[args[3]]
  local refusal, id
  if add then
    refusal, id = add(args)
  end
  if refusal then
    return { org.seq, refusal, id }
  end
  Step.commit(true)
  return { org.seq, 'OK' }
end
