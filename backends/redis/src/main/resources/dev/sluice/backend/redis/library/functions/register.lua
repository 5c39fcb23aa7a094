-- Registers a worker, or returns the record with its id, and starts its lease. Retires the earlier worker of its machine.
--
-- ARGV    2 worker  3 credential  4 dialect  5 hostname  6 capacity  7 projects  8 capabilities  9 draining, 0 or 1
--         10 details  11 projects it takes  12 machine or ''  13 size (StoredBytes); lists separated by RS
-- Result  worker
-- Refuses REVOKED, TOO_MANY_WORKERS, STORE_FULL
function Functions.register(args)
  local id = args[2]
  local key = AREA .. 'w:' .. id
  local w = Workers.read(id)
  if Workers.is_revoked({ registered_by = args[3] }) or w and Workers.is_revoked(w) then
    return { org.seq, 'REVOKED' }
  end
  if w then
    Workers.sign_of_life(w)
  else
    Step.expect('zset', AREA .. 'leases')
    Step.expect('zset', AREA .. 'workers')
    local machine, before
    if args[12] ~= '' then
      Step.expect('zset', AREA .. 'silent')
      machine = args[3] .. '\31' .. args[12]
      before = call('HGET', AREA .. 'machines', machine)
      before = before and Workers.read(before)
    end
    Step.expect('zset', AREA .. 'registered')
    local given_up
    if not before then
      local registered = call('ZCARD', AREA .. 'workers')
      if registered >= Rules.WORKERS_OF_A_KEY and Workers.of_key(args[3]) >= Rules.WORKERS_OF_A_KEY then
        return { org.seq, 'TOO_MANY_WORKERS' }
      elseif registered >= Rules.MAX_WORKERS then
        given_up = Workers.least_missed()
        if not given_up then
          return { org.seq, 'TOO_MANY_WORKERS' }
        end
      end
    end
    if org.bytes + args[13] > Rules.MAX_BYTES then
      return { org.seq, 'STORE_FULL' }
    end
    if given_up then
      Workers.delete(given_up, Workers.machine_of(given_up))
    end
    -- Finds its capability sets now, so that its first poll is as fast as the others.
    w = { id = id, key = key, registered_by = args[3], set = {}, gone = {} }
    w.dialect, w.seen, w.capacity, w.draining, w.silent, w.drained = args[4], NOW, args[6], args[9], '0', '0'
    w.retired = '0'
    w.active, w.mail, w.no_shows, w.quarantines, w.judged, w.nacks, w.quarantined = '0', '', '0', '0', '0', '0', '0'
    w.version, w.sets = org.version, Workers.sets_within(args[8])
    call('ZADD', AREA .. 'leases', now + Rules.LEASE_MS, id)
    call('ZADD', AREA .. 'workers', NOW, id)
    Workers.list_registered(w)
    w.set = {
      'layout', 'dev.sluice.backend.redis: a worker, what it said of itself, and its active set',
      'registered_by', args[3], 'hostname', args[5], 'projects', args[7], 'takes', args[11],
      'capabilities', args[8], 'details', args[10], 'active_count', '0', 'registered_at', NOW,
      'last', '\31', 'bytes', args[13] }
    Step.count_bytes(args[13])
    if machine then
      local n = #w.set
      w.set[n + 1], w.set[n + 2] = 'machine', machine
      call('HSET', AREA .. 'machines', machine, id)
    end
    if before then
      local names = { before.id }
      for name in string.gmatch(call('HGET', before.key, 'before') or '', '[^\30]+') do
        names[#names + 1] = #names < Rules.MAX_PREDECESSORS and name or nil
      end
      local n = #w.set
      w.set[n + 1], w.set[n + 2] = 'before', table.concat(names, '\30')
      before.retired = '1'
      Step.hint('S', before.id)
      Workers.write(before)
    end
  end
  Workers.write(w)
  Step.commit()
  return { org.seq, 'OK', Workers.reply(w) }
end
