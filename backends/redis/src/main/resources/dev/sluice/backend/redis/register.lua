-- Registers a worker, or returns the record with its id, and starts its lease. Retires the earlier worker of its machine.
--
-- ARGV    2 worker  3 credential  4 dialect  5 hostname  6 capacity  7 projects  8 capabilities  9 draining, 0 or 1
--         10 details  11 projects it takes  12 machine or ''  13 size (StoredBytes); lists separated by RS
-- Result  worker
-- Refuses REVOKED, TOO_MANY_WORKERS, STORE_FULL

local id = ARGV[2]
local key = AREA .. 'w:' .. id
local w = read_worker(id)
if is_revoked({ registered_by = ARGV[3] }) or w and is_revoked(w) then
  return { org.seq, 'REVOKED' }
end
if w then
  sign_of_life(w)
else
  expect('zset', AREA .. 'leases')
  expect('zset', AREA .. 'workers')
  local machine, before
  if ARGV[12] ~= '' then
    expect('zset', AREA .. 'silent')
    machine = ARGV[3] .. '\31' .. ARGV[12]
    before = call('HGET', AREA .. 'machines', machine)
    before = before and read_worker(before)
  end
  expect('zset', AREA .. 'registered')
  local given_up
  if not before then
    -- INSERT
    local registered = call('ZCARD', AREA .. 'workers')
    if registered >= WORKERS_OF_A_KEY and workers_of_key(ARGV[3]) >= WORKERS_OF_A_KEY then
      return { org.seq, 'TOO_MANY_WORKERS' }
    elseif registered >= MAX_WORKERS then
      given_up = least_missed()
      if not given_up then
        return { org.seq, 'TOO_MANY_WORKERS' }
      end
    end
  end
  if org.bytes + ARGV[13] > MAX_BYTES then
    return { org.seq, 'STORE_FULL' }
  end
  if given_up then
    -- INSERT
    delete_worker(given_up, machine_of(given_up))
  end
  -- Finds its capability sets now, so that its first poll is as fast as the others.
  -- INSERT
  w = { id = id, key = key, registered_by = ARGV[3], set = {}, gone = {} }
  w.dialect, w.seen, w.capacity, w.draining, w.silent, w.drained = ARGV[4], NOW, ARGV[6], ARGV[9], '0', '0'
  w.retired = '0'
  w.active, w.mail, w.no_shows, w.quarantines, w.judged, w.nacks, w.quarantined = '0', '', '0', '0', '0', '0', '0'
  w.version, w.sets = org.version, sets_within(ARGV[8])
  call('ZADD', AREA .. 'leases', now + LEASE_MS, id)
  call('ZADD', AREA .. 'workers', NOW, id)
  list_registered(w)
  w.set = {
    'layout', 'dev.sluice.backend.redis: a worker, what it said of itself, and its active set',
    'registered_by', ARGV[3], 'hostname', ARGV[5], 'projects', ARGV[7], 'takes', ARGV[11],
    'capabilities', ARGV[8], 'details', ARGV[10], 'active_count', '0', 'registered_at', NOW,
    'last', '\31', 'bytes', ARGV[13] }
  count_bytes(ARGV[13])
  if machine then
    local n = #w.set
    w.set[n + 1], w.set[n + 2] = 'machine', machine
    call('HSET', AREA .. 'machines', machine, id)
  end
  if before then
    local names = { before.id }
    for name in string.gmatch(call('HGET', before.key, 'before') or '', '[^\30]+') do
      names[#names + 1] = #names < MAX_PREDECESSORS and name or nil
    end
    local n = #w.set
    w.set[n + 1], w.set[n + 2] = 'before', table.concat(names, '\30')
    before.retired = '1'
    hint('S', before.id)
    write_worker(before)
  end
end
write_worker(w)
commit()
return { org.seq, 'OK', worker_reply(w) }
