-- One step of a sweep: stamps the org, which tells an outage from silence, and handles at most DUE_STEP due entries of
-- each kind. Entries that are not due are moved on and don't count, nor do damaged ones, which come again later.
--
-- ARGV    2 name of the node that sweeps
-- Result  lost leases, missed accepts, released, due entries, pruned records, 1 if there may be more, else 0, how far
--         the stored time is ahead of the clock, layout of the org

-- Most entries of a kind that a step looks at.
local MAX_LOOKS = 1000

local full = org.seq ~= '0' and is_full()
write_though_full()
add_new_figures()
for _, name in ipairs({ 'leases', 'claimed', 'accepts', 'graces', 'silent', 'ended', 'dead', 'archives', 'due',
  'jobs', 'jobs-over', 'audit', 'audit-actors', 'replays', 'stop-runs' }) do
  expect('zset', AREA .. name)
end

-- Counts of this step, and the damaged records that it met.
local swept = { lost = 0, missed = 0, released = 0, due = 0, silenced = 0, freed = 0, pruned = 0, more = false }
local broken = {}

-- Adds unaccepted claims to {org}:accepts once they are as old as the shortest accept time. Each claim is checked once.
-- Returns the time up to which claims were checked.
local function look_after_accepts(judged)
  local old = math.max(0, now - SHORTEST_ACCEPT_MS)
  local some = call('ZRANGEBYSCORE', AREA .. 'claimed', '(' .. judged, format('%d', old), 'WITHSCORES',
    'LIMIT', 0, MAX_LOOKS)
  for i = 1, #some, 2 do
    local s = read_session(some[i])
    if not s then
      call('ZADD', AREA .. 'accepts', some[i + 1], some[i])
    elseif s.place == 'CLAIMED' and s.accept_by ~= '0' then
      call('ZADD', AREA .. 'accepts', s.accept_by, some[i])
    end
  end
  if #some == 2 * MAX_LOOKS then
    swept.more = true
    -- There may be more of the same time.
    old = some[#some] - (some[2] == some[#some] and 0 or 1)
  end
  return format('%d', old)
end

-- Calls `step` for the entries of a set that are due by `limit`, in order. It returns true for a handled entry, false for
-- a damaged one, which comes again at `again`, 'held' for one that must wait, nil for one that is gone or moved on.
-- `gives_way`: these entries are pruned early if the store needs room. Returns the number of handled entries.
local function each_due(name, limit, prefix, again, step, gives_way)
  local key = AREA .. name
  local done, held, looked = 0, 0, 0
  while done < DUE_STEP do
    local early = gives_way and org.bytes + 0 > PRESSED_BYTES
    local row = call('ZRANGEBYSCORE', key, '-inf', early and '+inf' or limit, 'WITHSCORES', 'LIMIT', held, 1)
    if not row[1] then
      break
    elseif looked == MAX_LOOKS then
      swept.more = swept.more or held < MAX_LOOKS
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
  swept.more = swept.more or done == DUE_STEP
  return done
end

-- Calls `prune` for the entries of a set whose retention has ended.
local function each_old(name, kept_ms, prefix, prune, gives_way)
  return each_due(name, now - kept_ms, prefix, now + POSTPONED_MS - kept_ms, prune, gives_way)
end

-- Deletes notes of damage that is repaired, and, after a while, of damage that can't be checked again.
local function forget_damage()
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

-- Deletes the capability sets of an org without work.
local function forget_sets()
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

local gap, since, heard
do
  -- INSERT
  local ended, judged = read_sweep()
  ended = full and NOW or ended
  changed = { 'sweep', NOW .. ' ' .. ended .. ' ' .. look_after_accepts(judged) }
  gap = ended + 0
  since, heard = note_node(ARGV[2])
end

if org.due ~= '0' and org.due + 0 <= now then
  local more
  swept.due, more = handle_due(DUE_STEP)
  swept.more = swept.more or swept.due == DUE_STEP or more
end

do
  -- INSERT
  local _, freed = look_at_parked(DUE_STEP)
  swept.more = swept.more or freed > 0
  swept.freed = freed
end

do
  -- INSERT
  local later, excused = now + POSTPONED_MS, math.max(since, gap)
  if gap + LEASE_MS <= now then
    each_due('leases', now, 'worker\31', later, end_lease)
  end
  if gap + SHORTEST_ACCEPT_MS <= now then
    each_due('accepts', now, '', later, function(id) return miss_accept(id, gap, excused, heard) end)
  end
  if gap + LEASE_MS <= now then
    each_due('graces', now, '', later, end_grace)
  end
end

do
  -- INSERT
  local ended = each_old('ended', ENDED_MS, '', prune_ended, true)
  prune_surplus('ended', MAX_ENDED, ended, prune_ended, NOW)
  each_old('dead', DEAD_MS, '', prune_dead)
  each_old('archives', ARCHIVE_MS, '', prune_archive, true)
  each_old('silent', SILENT_WORKER_MS, 'worker\31', prune_worker)
  each_old('jobs-over', ENDED_MS, 'job\31', prune_job, true)
  prune_surplus('replays', MAX_KEYS, each_due('replays', now, 'replay\31', now + POSTPONED_MS, prune_replay, true),
    prune_replay)
  prune_surplus('stop-runs', MAX_STOP_RUNS, each_old('stop-runs', ENDED_MS, 'stop\31', prune_stop_run),
    prune_stop_run)
end

do
  -- INSERT
  prune_audit()
end

gauge_figures()
forget_damage()
if #broken > 0 then
  note_damage(broken)
end
commit(swept.due + swept.lost + swept.missed + swept.released + swept.silenced + swept.freed + swept.pruned == 0)
if org.ready == '0' and org.parked == '0' and org.later == '0' and org.returned == '0'
  and org.claimed == '0' and org.dead == '0' and call('ZCARD', AREA .. 'ended') == 0 then
  forget_sets()
end

return { org.seq, 'OK', swept.lost, swept.missed, swept.released, swept.due, swept.pruned, swept.more and 1 or 0,
  now - CLOCK, org.layout + 0 }
