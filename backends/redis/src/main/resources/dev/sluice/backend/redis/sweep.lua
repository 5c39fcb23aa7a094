-- One step of a sweep: stamps the org, so that an outage can be told from silence, and handles what is
-- due, at most DUE_STEP of each kind. Entries that turn out not to be due are moved on and don't
-- count; nor do damaged ones, which are looked at again later.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 name of the node that sweeps
-- Result  seq, 'OK', sessions of lost leases, missed accepts, released, handled due entries, pruned
--         records, 1 if there may be more, else 0, how far the stored time is ahead of the clock
--
-- USES org worker workers machine active session event order bucket project issue queue slots refs ending returning damage batch due

-- So many entries of a kind are looked at in a step.
local MAX_LOOKS = 1000

local leases, silent = AREA .. 'leases', AREA .. 'silent'
local claimed, accepts, graces = AREA .. 'claimed', AREA .. 'accepts', AREA .. 'graces'
for _, name in ipairs({ 'leases', 'claimed', 'accepts', 'graces', 'silent', 'ended', 'dead', 'archives', 'due',
  'jobs', 'jobs-over', 'audit', 'audit-actors', 'replays', 'stop-runs' }) do
  expect('zset', AREA .. name)
end
local last, gap, judged = match(call('HGET', ORG, 'sweep') or '0 0 0', '^(%d+) (%d+) (%d+)$')
if not judged then
  damaged(ORG)
end
if last == '0' or now - last > OUTAGE_GAP_MS then
  gap = NOW
end

-- Claims that have become as old as the shortest accept time: those that aren't accepted have their
-- deadline looked after from now on. Each claim is looked at once.
local old = math.max(0, now - SHORTEST_ACCEPT_MS)
local some = call('ZRANGEBYSCORE', claimed, '(' .. judged, format('%d', old), 'WITHSCORES', 'LIMIT', 0, MAX_LOOKS)
for i = 1, #some, 2 do
  local s = read_session(some[i])
  if not s then
    call('ZADD', accepts, some[i + 1], some[i])
  elseif s.place == 'CLAIMED' and s.accept_by ~= '0' then
    call('ZADD', accepts, s.accept_by, some[i])
  end
end
local more = #some == 2 * MAX_LOOKS
if more then
  -- Of the same instant there may be others.
  old = some[#some] - (some[2] == some[#some] and 0 or 1)
end
changed = { 'sweep', NOW .. ' ' .. gap .. ' ' .. format('%d', old) }
gap = gap + 0

-- A node that begins or ceases to sweep may have crashed, and taken poll answers with it. What was
-- handed out before that, or since another node was last heard of, counts as a no-show of no worker.
local excused, heard = gap, now
do
  local since, nodes = match(call('HGET', ORG, 'nodes') or '0', '^(%d+)(.*)$')
  local known, others = false, {}
  for node, at in string.gmatch(nodes or '', ' (%S+)=(%d+)') do
    if node == ARGV[2] then
      known = true
    elseif now - at > OUTAGE_GAP_MS then
      since = NOW
    else
      heard = math.min(heard, at)
      others[#others + 1] = ' ' .. node .. '=' .. at
    end
  end
  since = known and since or NOW
  changed[3], changed[4] = 'nodes', since .. ' ' .. ARGV[2] .. '=' .. NOW .. table.concat(others)
  excused = math.max(since, gap)
end

local lost, missed, released, silenced, pruned = 0, 0, 0, 0, 0
local broken = {}

-- Whether what is over goes before its time.
local function is_pressed()
  return org.bytes + 0 > PRESSED_BYTES
end

-- Goes through the entries of a set that are due by `limit`, the first ones first. `step` answers
-- true for what was due and is done, false for a damaged one, 'held' for one that must wait, else
-- nil: it is no longer there, or moved on. What is damaged comes again at `again`. `gives_way`: these are
-- over, and go before their time too where bytes are wanted.
local function each_due(key, limit, prefix, again, step, gives_way)
  local done, held, looked = 0, 0, 0
  while done < DUE_STEP do
    local early = gives_way and is_pressed()
    local row = call('ZRANGEBYSCORE', key, '-inf', early and '+inf' or limit, 'WITHSCORES', 'LIMIT', held, 1)
    if not row[1] then
      break
    elseif looked == MAX_LOOKS then
      more = more or held < MAX_LOOKS
      break
    end
    looked = looked + 1
    local outcome
    if not passes(function() outcome = step(row[1], tonumber(row[2])) end) or outcome == false then
      broken[#broken + 1] = prefix .. row[1]
      if early then
        held = held + 1
      else
        call('ZADD', key, format('%d', again), row[1])
      end
    elseif outcome == 'held' then
      held = held + 1
    elseif outcome then
      done = done + 1
    end
  end
  more = more or done == DUE_STEP
  return done
end

local due, more_due = 0, false
if org.due ~= '0' and org.due + 0 <= now then
  due, more_due = handle_due(DUE_STEP)
  more = more or due == DUE_STEP or more_due
end

local function returns(s, w, kind)
  local plan = decide_return(s, 'lost')
  event(s, kind, s.owner)
  give_back(s, w, plan)
  write_session(s)
end

local function let_go(s, w, why)
  local plan = decide_end(s, 'ended')
  release(s, w, plan, why)
  write_session(s)
  released = released + 1
end

-- A lease may have run out.
local function silence(id, at)
  local w = read_worker(id)
  if not w then
    call('ZREM', leases, id)
    return nil
  elseif w.seen + LEASE_MS > at then
    call('ZADD', leases, w.seen + LEASE_MS, id)
    return nil
  end
  w.silent = '1'
  silenced = silenced + 1
  local ids = active_set(w)
  table.sort(ids, bytes_before)
  for _, session in ipairs(ids) do
    if not passes(function()
      local s = read_session(session)
      if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
        return false
      elseif in_grace(s) then
        let_go(s, w, 'lease')
      else
        returns(s, w, 'LEASE_LOST')
        lost = lost + 1
      end
    end) then
      broken[#broken + 1] = session
    end
  end
  if write_worker(w) then
    call('ZREM', leases, id)
    call('ZADD', silent, w.seen, id)
  end
  return true
end

-- A claim may have missed its accept deadline.
local function miss(id)
  local s = read_session(id)
  if not s then
    return false
  elseif s.place ~= 'CLAIMED' or s.accept_by == '0' or s.accept_by + 0 > now then
    call('ZREM', accepts, id)
    return nil
  elseif gap + s.accept_by - s.claimed > now then
    return 'held'
  end
  local w = read_worker(s.owner)
  local at = s.claimed + 0
  if w and at > excused and at < heard and (w.judged == '' or at - w.judged > 0) then
    w.no_shows, w.judged = format('%d', w.no_shows + 1), s.claimed
    if w.no_shows + 0 >= NO_SHOWS then
      local before = tonumber(w.quarantines) or 0
      w.quarantined = format('%d', now + math.min(LONGEST_QUARANTINE_MS, QUARANTINE_MS * 2 ^ before))
      w.no_shows, w.quarantines, w.judged = '0', format('%d', before + 1), NOW
    end
  end
  returns(s, w, 'ACCEPT_MISSED')
  call('ZREM', accepts, id)
  missed = missed + 1
  if w then
    write_worker(w)
  end
  return true
end

-- The end of a stop's grace.
local function end_grace(id)
  local s = read_session(id)
  if not s then
    return false
  elseif not in_grace(s) then
    call('ZREM', graces, id)
    return nil
  end
  local w = read_worker(s.owner)
  let_go(s, w, 'grace')
  if w then
    write_worker(w)
  end
  return true
end

local function forget(s)
  local keys = { AREA .. 's:' .. s.id, AREA .. 'p:' .. s.id, AREA .. 'f:' .. s.id, AREA .. 't:' .. s.id,
    AREA .. 'a:' .. s.id, AREA .. 'acked:' .. s.id }
  for name in string.gmatch(s.names, '[^\29]+') do
    keys[#keys + 1] = AREA .. 'n:' .. name
  end
  count_bytes(-RECORD_BYTES - call('STRLEN', AREA .. 'p:' .. s.id) - (call('HGET', AREA .. 'said', s.id) or 0))
  call('HDEL', AREA .. 'said', s.id)
  call('UNLINK', unpack(keys))
  pruned = pruned + 1
  return true
end

-- An ended session or a dead letter was kept long enough.
local function prune(place)
  local key = AREA .. string.lower(place)
  return function(id)
    local s, refusal = read_session(id)
    if not s and refusal ~= 'UNKNOWN_SESSION' then
      return false
    elseif not s or s.place ~= place then
      call('ZREM', key, id)
      return nil
    end
    if place == 'DEAD' then
      expect('zset', AREA .. 'dead:' .. s.project)
      refs_of(s.set, s.project)
      count(project_of(s.project), 'DEAD', -1)
      change_refs(s.set, s.project, -1)
      call('ZREM', AREA .. 'dead:' .. s.project, id)
    end
    call('ZREM', key, id)
    return forget(s)
  end
end

-- For records that nothing else names: each goes with its place in the order of what is over.
local function pruner(record, over)
  return function(id)
    call('UNLINK', AREA .. record .. id)
    call('ZREM', AREA .. over, id)
    pruned = pruned + 1
    return true
  end
end

local function prune_worker(id)
  local w = read_worker(id)
  if not w or w.silent == '0' then
    call('ZREM', silent, id)
    return nil
  elseif w.active ~= '0' then
    return 'held'
  end
  delete_worker(w, machine_of(w))
  pruned = pruned + 1
  return true
end

local later = now + POSTPONED_MS
if gap + LEASE_MS <= now then
  each_due(leases, now, 'worker\31', later, silence)
end
if gap + SHORTEST_ACCEPT_MS <= now then
  each_due(accepts, now, '', later, miss)
end
if gap + LEASE_MS <= now then
  each_due(graces, now, '', later, end_grace)
end
local ended = AREA .. 'ended'
local gone = each_due(ended, now - ENDED_MS, '', later - ENDED_MS, prune('ENDED'), true)
local extra = call('ZCARD', ended) - MAX_ENDED
for _, id in ipairs(extra > 0 and gone < DUE_STEP
    and call('ZRANGE', ended, 0, math.min(extra, DUE_STEP - gone) - 1) or {}) do
  local outcome
  if not passes(function() outcome = prune('ENDED')(id) end) or outcome == false then
    broken[#broken + 1] = id
    call('ZADD', ended, NOW, id)
  elseif outcome then
    gone = gone + 1
  end
  more = more or gone == DUE_STEP
end
each_due(AREA .. 'dead', now - DEAD_MS, '', later - DEAD_MS, prune('DEAD'))
local prune_archive = pruner('archive:', 'archives')
each_due(AREA .. 'archives', now - ARCHIVE_MS, '', later - ARCHIVE_MS, function(id)
  count_bytes(-(call('HGET', AREA .. 'archived', id) or 0))
  call('HDEL', AREA .. 'archived', id)
  call('UNLINK', AREA .. 'left:' .. id)
  return prune_archive(id)
end, true)
each_due(silent, now - SILENT_WORKER_MS, 'worker\31', later - SILENT_WORKER_MS, prune_worker)
local prune_job = pruner('j:', 'jobs-over')
each_due(AREA .. 'jobs-over', now - ENDED_MS, 'job\31', later - ENDED_MS, function(id)
  count_bytes(-RECORD_BYTES - call('HSTRLEN', AREA .. 'j:' .. id, 'item'))
  return prune_job(id)
end, true)
local replays = AREA .. 'replays'
local prune_replay = pruner('r:', 'replays')
local function forget_replay(id)
  count_bytes(-LINE_BYTES * math.max(0, call('HLEN', AREA .. 'r:' .. id) - 1))
  return prune_replay(id)
end
local old_replays = each_due(replays, now, 'replay\31', later, forget_replay, true)
local extra_replays = math.min(call('ZCARD', replays) - MAX_KEYS, DUE_STEP - old_replays)
for _, id in ipairs(extra_replays > 0 and call('ZRANGE', replays, 0, extra_replays - 1) or {}) do
  passes(forget_replay, id)
end
more = more or extra_replays > 0 and old_replays + extra_replays == DUE_STEP

do
  local runs = AREA .. 'stop-runs'
  local prune_run = pruner('stop-run:', 'stop-runs')
  local old_runs = each_due(runs, now - ENDED_MS, 'stop\31', later - ENDED_MS, prune_run)
  local extra_runs = math.min(call('ZCARD', runs) - MAX_STOP_RUNS, DUE_STEP - old_runs)
  for _, id in ipairs(extra_runs > 0 and call('ZRANGE', runs, 0, extra_runs - 1) or {}) do
    prune_run(id)
  end
  more = more or extra_runs > 0 and old_runs + extra_runs == DUE_STEP
end

-- The oldest lines, too old; then of those too many the oldest of whoever has the most.
local trail, actors = AREA .. 'audit', AREA .. 'audit-actors'
local surplus, old_lines = call('ZCARD', trail) - MAX_AUDIT, 0
while old_lines < DUE_STEP do
  local line = call('ZRANGE', trail, 0, 0)[1]
  local at, latest, actor = match(line or '', '^%d+\31(%d+)%+?%d*%+?(%d*)\31([^\31]*)\31')
  if not line or at and (latest == '' and at or latest) + AUDIT_MS > now and old_lines >= surplus then
    break
  end
  if at and (latest == '' and at or latest) + AUDIT_MS > now then
    local busiest = call('ZRANGE', actors, -1, -1)[1]
    local id = busiest and call('ZRANGE', AREA .. 'audit-of:' .. busiest, 0, 0)[1]
    local found = id and call('ZRANGEBYSCORE', trail, id, id)[1]
    if found then
      line, actor = found, busiest
    end
  end
  call('ZREM', trail, line)
  if actor then
    local of = AREA .. 'audit-of:' .. actor
    call('ZREM', of, match(line, '^%d+'))
    local left = call('ZCARD', of)
    if left == 0 then
      call('ZREM', actors, actor)
    else
      call('ZADD', actors, left, actor)
    end
  end
  old_lines = old_lines + 1
end
if old_lines > 0 then
  pruned = pruned + old_lines
  more = more or old_lines == DUE_STEP
end

-- Damage that is repaired is forgotten; what can't be looked at again, a while after it was met.
do
  local FORGET_MS = 600000
  local noted = redis.pcall('ZRANGE', AREA .. 'damaged', 0, -1, 'WITHSCORES')
  for i = 1, #noted, 2 do
    local name = noted[i]
    local forgotten
    if find(name, '\31', 1, true) then
      forgotten = noted[i + 1] + FORGET_MS < now
    else
      local s, refusal = read_session(name)
      forgotten = refusal == 'UNKNOWN_SESSION' or s and call('EXISTS', AREA .. 'p:' .. name) == 1
    end
    if forgotten then
      call('ZREM', AREA .. 'damaged', name)
    end
  end
end
if #broken > 0 then
  note_damage(broken)
end
commit(due + lost + missed + released + silenced + pruned == 0)
-- Of an org without work no set of capabilities stays.
if org.ready == '0' and org.parked == '0' and org.later == '0' and org.returned == '0'
  and org.claimed == '0' and org.dead == '0' and call('ZCARD', ended) == 0 then
  local sets = redis.pcall('HVALS', AREA .. 'sets')
  if sets[1] then
    for _, set_id in ipairs(sets) do
      call('HDEL', ORG, 'refs:' .. set_id)
    end
    call('UNLINK', AREA .. 'sets')
    org.version = format('%d', org.version + 1)
    commit(true)
  end
end

return { org.seq, 'OK', lost, missed, released, due, pruned, more and 1 or 0,
  now - CLOCK }
