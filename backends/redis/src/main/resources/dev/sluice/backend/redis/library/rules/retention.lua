-- Records that a sweep deletes when their retention ends, or when there are too many. Each prune_ function is a step of
-- Expiry.each_due.

-- Counts a deleted record. Returns what a step returns for it.
local function count_pruned()
  swept.pruned = swept.pruned + 1
  return true
end

-- Deletes a session with its names.
local function delete_session(s)
  local content = AREA .. 'p:' .. s.id
  Step.expect('string', content)
  -- The content of a damaged session has no whole head.
  local head = Sessions.read_head(s.id) or ''
  local identifier = Sessions.identifier_of(head)
  local bytes = match(head == '' and call('GETRANGE', content, 0, 15) or head, '^%d+') or Rules.RECORD_BYTES
  Step.count_bytes(-bytes - (call('HGET', AREA .. 'said', s.id) or 0))
  for name in string.gmatch(s.names, '[^\29]+') do
    redis.pcall('HDEL', AREA .. 'n:' .. sub(name, 1, 4), sub(name, 5))
  end
  if identifier ~= '' then
    local key, begin = Sessions.issue_index(identifier)
    redis.pcall('ZREM', key, begin .. s.id)
  end
  call('HDEL', AREA .. 'said', s.id)
  local keys = {}
  for i, kind in ipairs({ 's:', 'p:', 'f:', 't:', 'a:', 'acked:' }) do
    keys[i] = AREA .. kind .. s.id
  end
  call('UNLINK', unpack(keys))
  return count_pruned()
end

-- Takes a dead letter out of its lists.
function Retention.unlist_dead(s)
  Queues.count(Queues.of(s.project), 'DEAD', -1)
  call('ZREM', AREA .. 'dead', s.id)
  call('ZREM', AREA .. 'dead:' .. s.project, s.id)
end

-- Prunes a session in this place, ENDED or DEAD.
local function prune_session(place, id)
  local list = AREA .. string.lower(place)
  local s, refusal = Sessions.read(id)
  if not s and refusal ~= 'UNKNOWN_SESSION' then
    return false
  elseif not s or s.place ~= place then
    call('ZREM', list, id)
    return nil
  elseif place == 'DEAD' then
    Pages.check('dead:' .. s.project)
    Sets.refs_of(s.set, s.project)
    Retention.unlist_dead(s)
    Sets.change_refs(s.set, s.project, -1)
  end
  call('ZREM', list, id)
  return delete_session(s)
end

local function prune_ended(id)
  return prune_session('ENDED', id)
end

local function prune_dead(id)
  return prune_session('DEAD', id)
end

-- Deletes an expired record and its index entry. Nothing else may reference it.
local function prune_record(record, index, id)
  call('UNLINK', AREA .. record .. id)
  call('ZREM', AREA .. index, id)
  return count_pruned()
end

local function prune_archive(id)
  Step.count_bytes(-(call('HGET', AREA .. 'archived', id) or 0))
  call('HDEL', AREA .. 'archived', id)
  call('UNLINK', AREA .. 'left:' .. id)
  return prune_record('archive:', 'archives', id)
end

local function prune_worker(id)
  local w = Workers.read(id)
  if not w or w.silent == '0' then
    call('ZREM', AREA .. 'silent', id)
    return nil
  elseif w.active ~= '0' then
    return 'held'
  end
  Workers.delete(w, Workers.machine_of(w))
  return count_pruned()
end

local function prune_job(id)
  Step.count_bytes(-Rules.RECORD_BYTES - call('HSTRLEN', AREA .. 'j:' .. id, 'item'))
  return prune_record('j:', 'jobs-over', id)
end

local function prune_replay(id)
  Step.count_bytes(-Replays.bytes_of(AREA .. 'r:' .. id))
  return prune_record('r:', 'replays', id)
end

local function prune_stop_run(id)
  return prune_record('stop-run:', 'stop-runs', id)
end

-- Returns the audit line to delete and its actor, or nil. That is the oldest line if it is too old; else, if there are
-- too many, the oldest of the actor with the most lines.
local function surplus_line(surplus)
  local line = call('ZRANGE', AREA .. 'audit', 0, 0)[1]
  if not line then
    return nil
  end
  local at, latest, actor = match(line, '^%d+\31(%d+)%+?%d*%+?(%d*)\31([^\31]*)\31')
  if not at or (latest == '' and at or latest) + Rules.AUDIT_MS <= now then
    return line, actor
  elseif surplus <= 0 then
    return nil
  end
  local busiest = call('ZRANGE', AREA .. 'audit-actors', -1, -1)[1]
  local id = busiest and call('ZRANGE', AREA .. 'audit-of:' .. busiest, 0, 0)[1]
  local found = id and call('ZRANGEBYSCORE', AREA .. 'audit', id, id)[1]
  return found or line, found and busiest or actor
end

local function prune_audit()
  local surplus, gone = call('ZCARD', AREA .. 'audit') - Rules.MAX_AUDIT, 0
  while gone < Rules.DUE_STEP do
    local line, actor = surplus_line(surplus - gone)
    if not line then
      break
    end
    Audit.drop(line, actor)
    gone = gone + 1
  end
  swept.pruned = swept.pruned + gone
  swept.more = swept.more or gone == Rules.DUE_STEP
end

-- Prunes the entries of a list that are older than this. Returns their number.
local function prune_old(name, kept_ms, prune)
  return Expiry.each_due(name, now - kept_ms, prune)
end

-- Prunes what is too old, and what is too much. Events are not counted.
function Retention.prune()
  local ended = prune_old('ended', Rules.ENDED_MS, prune_ended)
  Expiry.each_surplus('ended', Rules.MAX_ENDED, ended, prune_ended, NOW)
  prune_old('dead', Rules.DEAD_MS, prune_dead)
  prune_old('archives', Rules.ARCHIVE_MS, prune_archive)
  prune_old('silent', Rules.SILENT_WORKER_MS, prune_worker)
  prune_old('jobs-over', Rules.ENDED_MS, prune_job)
  local replays = Expiry.each_due('replays', now, prune_replay)
  Expiry.each_surplus('replays', Rules.MAX_KEYS, replays, prune_replay)
  local stop_runs = prune_old('stop-runs', Rules.ENDED_MS, prune_stop_run)
  Expiry.each_surplus('stop-runs', Rules.MAX_STOP_RUNS, stop_runs, prune_stop_run)
  prune_audit()
  if not Step.passes(Events.drop_old) then
    broken[#broken + 1] = 'event\31log'
  end
end
