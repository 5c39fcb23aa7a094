-- The registration of a worker.

-- Decides about a new worker. Returns a plan, or nil and the refusal:
--   machine, before  its field in {org}:machines, and the worker that was there; or nil
--   given_up         the worker that makes room, or nil
local function decide(credential, machine, bytes)
  local plan = {}
  Pages.check('leases', 'workers', 'registered')
  if machine ~= '' then
    Pages.check('silent')
    plan.machine = credential .. '\31' .. machine
    local before = call('HGET', AREA .. 'machines', plan.machine)
    plan.before = before and Workers.read(before) or nil
  end
  local registered = plan.before and 0 or call('ZCARD', AREA .. 'workers')
  if registered >= Rules.WORKERS_OF_A_KEY and Workers.of_key(credential) >= Rules.WORKERS_OF_A_KEY then
    return nil, 'TOO_MANY_WORKERS'
  elseif registered >= Rules.MAX_WORKERS then
    plan.given_up = Workers.least_missed()
  end
  if registered >= Rules.MAX_WORKERS and not plan.given_up then
    return nil, 'TOO_MANY_WORKERS'
  elseif org.bytes + bytes > Rules.MAX_BYTES then
    return nil, 'STORE_FULL'
  end
  return plan
end

-- Returns a new worker. It finds its capability sets now, so that its first poll is as fast as the others.
local function new_worker(args)
  local id, credential, dialect, hostname, capacity, project_list, capabilities, draining = unpack(args, 2, 9)
  local details, takes, _, bytes = unpack(args, 10, 13)
  return {
    id = id, key = AREA .. 'w:' .. id, registered_by = credential, dialect = dialect, seen = NOW, capacity = capacity,
    draining = draining, silent = '0', drained = '0', retired = '0', active = '0', mail = '', no_shows = '0',
    quarantines = '0', judged = '0', nacks = '0', quarantined = '0', version = org.version,
    sets = Workers.sets_within(capabilities), gone = {},
    set = {
      'layout', 'dev.sluice.backend.redis: a worker, what it said of itself, and its active set',
      'registered_by', credential, 'hostname', hostname, 'projects', project_list, 'takes', takes,
      'capabilities', capabilities, 'details', details, 'active_count', '0', 'registered_at', NOW,
      'last', '\31', 'bytes', bytes,
    },
  }
end

-- Retires the earlier worker of a machine, whose record a new worker names.
local function retire(before, w)
  local names, inherits = { before.id }, { before.active ~= '0' and before.id or nil }
  for name in string.gmatch(call('HGET', before.key, 'before') or '', '[^\30]+') do
    if #names < Rules.MAX_PREDECESSORS and name ~= before.id then
      names[#names + 1] = name
      inherits[#inherits + 1] = call('EXISTS', AREA .. 'w:' .. name) == 1 and name or nil
    end
  end
  Pages.append(w.set, 'before', table.concat(names, '\30'))
  if inherits[1] then
    Pages.append(w.set, 'inherits', table.concat(inherits, '\30'))
  end
  if before.active == '0' then
    Workers.delete(before)
    return
  end
  before.retired = '1'
  Step.hint('S', before.id)
  Workers.write(before)
end

-- Lists a new worker.
local function add(w, plan)
  if plan.given_up then
    Workers.delete(plan.given_up, Workers.machine_of(plan.given_up))
  end
  call('ZADD', AREA .. 'leases', now + Rules.LEASE_MS, w.id)
  call('ZADD', AREA .. 'workers', NOW, w.id)
  Workers.list_registered(w)
  if plan.machine then
    Pages.append(w.set, 'machine', plan.machine)
    call('HSET', AREA .. 'machines', plan.machine, w.id)
  end
  if plan.before then
    retire(plan.before, w)
  end
end

-- Registers a worker, or returns the record with its id, and starts its lease. Retires the earlier worker of its
-- machine.
--
-- Arguments  2 worker  3 credential  4 dialect  5 hostname  6 capacity  7 projects  8 capabilities  9 draining, 0 or 1
--            10 details  11 projects it takes  12 machine or ''  13 size (StoredBytes); lists separated by RS
-- Result  worker
-- Refuses REVOKED, TOO_MANY_WORKERS, STORE_FULL
function Functions.register(args)
  local id, credential, machine, bytes = args[2], args[3], args[12], args[13]
  local w = Workers.read(id)
  if Workers.is_revoked({ registered_by = credential }) or w and Workers.is_revoked(w) then
    return { org.seq, 'REVOKED' }
  end
  if w then
    Workers.sign_of_life(w)
  else
    local plan, refusal = decide(credential, machine, bytes)
    if not plan then
      return { org.seq, refusal }
    end
    w = new_worker(args)
    add(w, plan)
    Events.of_worker('REGISTERED', id)
    Step.count_bytes(bytes)
  end
  Workers.write(w)
  Step.commit()
  return { org.seq, 'OK', Workers.reply(w) }
end
