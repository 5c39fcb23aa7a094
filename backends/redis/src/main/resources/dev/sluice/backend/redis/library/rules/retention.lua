-- Records that a sweep deletes when their retention ends. Each prune_ function is a step of each_due.

function Retention.delete_session(s)
  local keys = { AREA .. 's:' .. s.id, AREA .. 'p:' .. s.id, AREA .. 'f:' .. s.id, AREA .. 't:' .. s.id,
    AREA .. 'a:' .. s.id, AREA .. 'acked:' .. s.id }
  Step.expect('string', AREA .. 'p:' .. s.id)
  local head = Sessions.read_head(s.id) or ''
  local size = head == '' and call('GETRANGE', AREA .. 'p:' .. s.id, 0, 15) or head -- damaged ones have no whole head
  local bytes, identifier = match(size, '^%d+') or Rules.RECORD_BYTES, Sessions.identifier_of(head)
  Step.count_bytes(-bytes - (call('HGET', AREA .. 'said', s.id) or 0))
  for name in string.gmatch(s.names, '[^\29]+') do
    redis.pcall('HDEL', AREA .. 'n:' .. sub(name, 1, 4), sub(name, 5))
  end
  if identifier ~= '' then
    local key, begin = Sessions.issue_index(identifier)
    redis.pcall('ZREM', key, begin .. s.id)
  end
  call('HDEL', AREA .. 'said', s.id)
  call('UNLINK', unpack(keys))
  swept.pruned = swept.pruned + 1
  return true
end

-- Prunes a session in this place: ENDED or DEAD.
function Retention.prune_session(place, id)
  local key = AREA .. string.lower(place)
  local s, refusal = Sessions.read(id)
  if not s and refusal ~= 'UNKNOWN_SESSION' then
    return false
  elseif not s or s.place ~= place then
    call('ZREM', key, id)
    return nil
  end
  if place == 'DEAD' then
    Step.expect('zset', AREA .. 'dead:' .. s.project)
    Sets.refs_of(s.set, s.project)
    Queues.count(Queues.of(s.project), 'DEAD', -1)
    Sets.change_refs(s.set, s.project, -1)
    call('ZREM', AREA .. 'dead:' .. s.project, id)
  end
  call('ZREM', key, id)
  return Retention.delete_session(s)
end

function Retention.prune_ended(id)
  return Retention.prune_session('ENDED', id)
end

function Retention.prune_dead(id)
  return Retention.prune_session('DEAD', id)
end

-- Deletes an expired record and its index entry. Nothing else may reference it.
function Retention.prune_record(record, index, id)
  call('UNLINK', AREA .. record .. id)
  call('ZREM', AREA .. index, id)
  swept.pruned = swept.pruned + 1
  return true
end

function Retention.prune_archive(id)
  Step.count_bytes(-(call('HGET', AREA .. 'archived', id) or 0))
  call('HDEL', AREA .. 'archived', id)
  call('UNLINK', AREA .. 'left:' .. id)
  return Retention.prune_record('archive:', 'archives', id)
end

function Retention.prune_worker(id)
  local w = Workers.read(id)
  if not w or w.silent == '0' then
    call('ZREM', AREA .. 'silent', id)
    return nil
  elseif w.active ~= '0' then
    return 'held'
  end
  Workers.delete(w, Workers.machine_of(w))
  swept.pruned = swept.pruned + 1
  return true
end

function Retention.prune_job(id)
  Step.count_bytes(-Rules.RECORD_BYTES - call('HSTRLEN', AREA .. 'j:' .. id, 'item'))
  return Retention.prune_record('j:', 'jobs-over', id)
end

function Retention.prune_replay(id)
  Step.count_bytes(-Rules.LINE_BYTES * math.max(0, call('HLEN', AREA .. 'r:' .. id) - 1))
  return Retention.prune_record('r:', 'replays', id)
end

function Retention.prune_stop_run(id)
  return Retention.prune_record('stop-run:', 'stop-runs', id)
end

-- Deletes the first entries of a set that holds more than `most`, up to DUE_STEP with the `done` of this step.
-- `broken_at`: the new time of a damaged entry, nil to leave it.
function Retention.prune_surplus(name, most, done, prune, broken_at)
  local key = AREA .. name
  local surplus = math.min(call('ZCARD', key) - most, Rules.DUE_STEP - done)
  for _, id in ipairs(surplus > 0 and call('ZRANGE', key, 0, surplus - 1) or {}) do
    local outcome
    if not Step.passes(function() outcome = prune(id) end) or outcome == false then
      if broken_at then
        broken[#broken + 1] = id
        call('ZADD', key, broken_at, id)
      end
    elseif outcome then
      done = done + 1
    end
  end
  swept.more = swept.more or surplus > 0 and done == Rules.DUE_STEP
end

-- Returns the audit line to delete and its actor, or nil: the oldest line if it is too old; else, if there are too
-- many, the oldest of the actor with the most lines.
function Retention.surplus_line(surplus)
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

function Retention.prune_audit()
  local surplus, gone = call('ZCARD', AREA .. 'audit') - Rules.MAX_AUDIT, 0
  while gone < Rules.DUE_STEP do
    local line, actor = Retention.surplus_line(surplus - gone)
    if not line then
      break
    end
    Audit.drop(line, actor)
    gone = gone + 1
  end
  swept.pruned = swept.pruned + gone
  swept.more = swept.more or gone == Rules.DUE_STEP
end
