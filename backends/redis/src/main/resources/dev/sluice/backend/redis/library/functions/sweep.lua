-- Most entries of a kind that a step looks at.
local MAX_LOOKS = 1000

-- One step of a sweep: stamps the org, which tells an outage from silence, and handles at most DUE_STEP due entries of
-- each kind. Entries that are not due are moved on and don't count, nor do damaged ones, which come again later.
--
-- ARGV    2 name of the node that sweeps
-- Result  lost leases, missed accepts, released, due entries, pruned records, 1 if there may be more, else 0, how far
--         the stored time is ahead of the clock, layout of the org
function Functions.sweep(args)
  Figures.add_new()
  -- An open org has no import.
  call('UNLINK', AREA .. 'import')
  for _, name in ipairs({ 'leases', 'claimed', 'accepts', 'graces', 'silent', 'ended', 'dead', 'archives', 'due',
    'jobs', 'jobs-over', 'audit', 'audit-actors', 'replays', 'stop-runs' }) do
    Step.expect('zset', AREA .. name)
  end

  -- Counts of this step, and the damaged records that it met.
  swept = { lost = 0, missed = 0, released = 0, due = 0, silenced = 0, freed = 0, pruned = 0, split = 0, more = false }
  broken = {}

  -- Adds unaccepted claims to {org}:accepts once they are as old as the shortest accept time. Each claim is checked once.
  -- Returns the time up to which claims were checked.
  local function look_after_accepts(judged)
    local old = math.max(0, now - Rules.SHORTEST_ACCEPT_MS)
    local some = call('ZRANGEBYSCORE', AREA .. 'claimed', '(' .. judged, format('%d', old), 'WITHSCORES',
      'LIMIT', 0, MAX_LOOKS)
    for i = 1, #some, 2 do
      local s = Sessions.read(some[i])
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
    while done < Rules.DUE_STEP do
      local early = gives_way and org.bytes + 0 > Rules.PRESSED_BYTES
      local row = call('ZRANGEBYSCORE', key, '-inf', early and '+inf' or limit, 'WITHSCORES', 'LIMIT', held, 1)
      if not row[1] then
        break
      elseif looked == MAX_LOOKS then
        swept.more = swept.more or held < MAX_LOOKS
        break
      end
      looked = looked + 1
      local outcome
      if not Step.passes(function() outcome = step(row[1], tonumber(row[2])) end) or outcome == false then
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
    swept.more = swept.more or done == Rules.DUE_STEP
    return done
  end

  -- Calls `prune` for the entries of a set whose retention has ended.
  local function each_old(name, kept_ms, prefix, prune, gives_way)
    return each_due(name, now - kept_ms, prefix, now + Due.POSTPONED_MS - kept_ms, prune, gives_way)
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
        local s, refusal = Sessions.read(name)
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
        Step.set_field('refs:' .. set_id, false)
      end
      call('UNLINK', AREA .. 'sets')
      org.version = format('%d', org.version + 1)
      Step.commit(true)
    end
  end

  local gap, since, heard
  do
    local ended, judged = Expiry.read_sweep()
    -- A full Redis refuses the heartbeats and acceptances of workers, so their silence is an outage of ours.
    ended = full and NOW or ended
    Step.set_field('sweep', NOW .. ' ' .. ended .. ' ' .. look_after_accepts(judged))
    gap = ended + 0
    since, heard = Expiry.note_node(args[2])
  end

  if org.due ~= '0' and org.due + 0 <= now then
    local more
    swept.due, more = Due.handle(Rules.DUE_STEP)
    swept.more = swept.more or swept.due == Rules.DUE_STEP or more
  end

  do
    local _, freed = Issues.look_at_parked(Rules.DUE_STEP)
    swept.more = swept.more or freed > 0
    swept.freed = freed
  end

  do
    local later, excused = now + Due.POSTPONED_MS, math.max(since, gap)
    if gap + Rules.LEASE_MS <= now then
      each_due('leases', now, 'worker\31', later, Expiry.end_lease)
    end
    if gap + Rules.SHORTEST_ACCEPT_MS <= now then
      each_due('accepts', now, '', later, function(id) return Expiry.miss_accept(id, gap, excused, heard) end)
    end
    if gap + Rules.LEASE_MS <= now then
      each_due('graces', now, '', later, Expiry.end_grace)
    end
  end

  do
    local ended = each_old('ended', Rules.ENDED_MS, '', Retention.prune_ended, true)
    Retention.prune_surplus('ended', Rules.MAX_ENDED, ended, Retention.prune_ended, NOW)
    each_old('dead', Rules.DEAD_MS, '', Retention.prune_dead)
    each_old('archives', Rules.ARCHIVE_MS, '', Retention.prune_archive, true)
    each_old('silent', Rules.SILENT_WORKER_MS, 'worker\31', Retention.prune_worker)
    each_old('jobs-over', Rules.ENDED_MS, 'job\31', Retention.prune_job, true)
    Retention.prune_surplus('replays', Rules.MAX_KEYS, each_due('replays', now, 'replay\31', now + Due.POSTPONED_MS, Retention.prune_replay, true),
      Retention.prune_replay)
    Retention.prune_surplus('stop-runs', Rules.MAX_STOP_RUNS, each_old('stop-runs', Rules.ENDED_MS, 'stop\31', Retention.prune_stop_run),
      Retention.prune_stop_run)
  end

  do
    Retention.prune_audit()
  end

  Figures.gauge()
  forget_damage()
  if #broken > 0 then
    Step.note_damage(broken)
  end
  Step.commit(swept.due + swept.lost + swept.missed + swept.released + swept.silenced + swept.freed + swept.pruned == 0)
  if org.ready == '0' and org.parked == '0' and org.later == '0' and org.returned == '0'
    and org.claimed == '0' and org.dead == '0' and call('ZCARD', AREA .. 'ended') == 0 then
    forget_sets()
  end

  return { org.seq, 'OK', swept.lost, swept.missed, swept.released, swept.due, swept.pruned, swept.more and 1 or 0,
    now - CLOCK, org.layout + 0 }
end
