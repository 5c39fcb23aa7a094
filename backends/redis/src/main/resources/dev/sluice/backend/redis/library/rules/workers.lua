-- Workers.
--
--   {org}:w:<id>   hash
--       state            dialect US seen US slots (capacity less quarantined sessions) US four flags of 0 or 1: draining, silent (its lease ran out),
--                        drained by an operator, retired US number of active sessions US time before which no
--                        message is readable, or '' US no-shows, quarantines in a row, the time up to which its
--                        claims are judged and nacks in a row, separated by blanks US quarantined until US org
--                        version of the next field US capability sets that it accepts
--       a:<session>      token of the claim: the active set
--       last             its last poll: request id US, <session> US <token> US for each claim; if jobs were offered,
--                        RS and their names, separated by RS
--       call             its last heartbeat that listed its sessions or counted too few, as in {org}:call:<id>
--       poll             the call of its last poll that offered messages, a blank, and its time
--       polled           time of its last poll; missing before the first
--       offered_by       node of the last poll that offered jobs, or messages that the next one acknowledges US since
--                        when that node alone has made such offers
--       takes            projects that it takes, `default` among them; '' means all, NO_PROJECTS none
--       registered_by, hostname, projects, capabilities, details, active_count, registered_at
--                        the rest of its registration; lists are separated by RS. The repositories that it lists are
--                        among the capabilities, each behind the byte 127
--       note             note of an operator, if there is one
--       protected        end of its scale-in protection, if it was ever protected and that wasn't ended
--       denials          of sessions for good, since its latest quarantine, if there are any
--       failures         runs in a row that failed because of its machine, a blank, and the cause of the latest, if there
--                        are any
--       short            time of its last heartbeat and its accepted claims then, or -1 if it listed its sessions,
--                        separated by a blank, if that counted or listed fewer sessions than it has claims
--       unlisted         claims that its last list of sessions left out; not_held: those that the list before that
--                        left out too; unknown_held: sessions of its last list that aren't its claims
--       before           the latest workers of its machine before it, the latest first
--       inherits         those of them that had claims when it registered, and that a poll has not found gone since, if
--                        there are any
--       quarantined, capacity  number of quarantined sessions, and the capacity, if there are any
--       quota            its accounts as of its last heartbeat, as Account.pack makes them, if there are any
--       bytes            size (StoredBytes)
--       machine          its field in {org}:machines, if it named its machine
--       layout           as in {org}:org
--   {org}:leases        sorted set: worker -> time before which its lease can't run out. Signs of life don't move it:
--                       a sweep that finds it past looks at the record and sets the next one
--   {org}:silent        sorted set: silent worker -> its last sign of life
--   {org}:workers       sorted set: worker -> when it registered
--   {org}:registered    sorted set, all scores 0: <credential> US <worker>, of those that registered in layout 8 or later
--   {org}:mail:<id>     sorted set: active session with messages -> when one is readable
--   {org}:machines      hash: credential US machine -> latest worker registered there
--   {org}:returns:<id>  sorted set: waiting session kept from it -> end of its back-off
--
-- A worker is retired when another one registers from its machine. write_worker deletes its record once it has no
-- active session.

Workers.STATE = '^([%u_]+)\31(%d+)\31(%d+)\31([01])([01])([01])([01])\31(%d+)\31(%d*)\31(%d+) ?(%d*) ?(%d*) ?(%d*)\31(%d+)\31(%d*)\31([%d ]*)$'

function Workers.state(dialect, seen, capacity, draining, silent, drained, retired, active, mail, no_shows,
  quarantines, judged, nacks, quarantined, version, sets)
  return dialect .. '\31' .. seen .. '\31' .. capacity .. '\31' .. draining .. silent .. drained .. retired .. '\31'
    .. active .. '\31' .. mail .. '\31' .. no_shows .. ' ' .. quarantines .. ' ' .. judged .. ' ' .. nacks
    .. '\31' .. quarantined .. '\31' .. version .. '\31' .. sets
end

-- Returns the time of the last crash that may have lost poll answers, and the earliest of the nodes' last sweeps: no
-- crash can have lost the answers after the first and before the second.
function Workers.read_nodes()
  local since, nodes = match(Step.field('nodes') or '0', '^(%d+)(.*)$')
  local heard
  for at in string.gmatch(nodes or '', ' %S+=(%d+)') do
    heard = math.min(heard or now, at + 0)
  end
  return (since or 0) + 0, heard or 0
end

-- Returns a function that tells, by the time of an offer, whether the worker has read it, as far as this node knows:
-- READ, LOST or UNKNOWN. `key`: the worker's record.
function Workers.fates_of(key, node)
  local by, alone = match(call('HGET', key, 'offered_by') or '', '^([^\31]*)\31(%d+)$')
  local gap = (match(Step.field('sweep') or '', '^%d+ (%d+)') or 0) + 0
  local excused, heard = Workers.read_nodes()
  return function(at)
    if at < gap then
      return 'LOST'
    elseif by == node and at >= alone + 0 or at > excused and at < heard then
      return 'READ'
    end
    return at <= excused and 'LOST' or 'UNKNOWN'
  end
end

-- Notes that the answer of a node offers jobs or messages. `again`: it is the answer of the last poll, told again.
function Workers.note_offers(key, node, again)
  local by, alone = match(call('HGET', key, 'offered_by') or '', '^([^\31]*)\31(%d+)$')
  if by ~= node then
    call('HSET', key, 'offered_by', node .. '\31' .. (again and (alone or '0') or NOW))
  end
end

-- True if the worker may get work, not counting slots and nacks: Worker.availability.
function Workers.may_take(draining, drained, retired, quarantined)
  return draining == '0' and drained == '0' and retired == '0' and (quarantined == '0' or quarantined + 0 <= now)
end

-- Returns the worker, or nil; and more fields of its record, false for a missing one.
function Workers.read(id, ...)
  local key = AREA .. 'w:' .. id
  local row = call('HMGET', key, 'state', 'registered_by', 'hostname', 'failures', ...)
  if not row[1] then
    return nil
  end
  local dialect, seen, capacity, draining, silent, drained, retired, active, mail, no_shows, quarantines, judged,
    nacks, quarantined, version, accepted = match(row[1], Workers.STATE)
  if not (seen and row[2] and Rules.ACCEPT_MS[dialect]) then
    Step.damaged(key)
  end
  if silent == '1' or retired == '1' then
    Step.expect('zset', AREA .. 'leases')
    Step.expect('zset', AREA .. 'silent')
    Step.expect('zset', AREA .. 'workers')
    Step.expect('zset', AREA .. 'registered')
  end
  return {
    id = id, key = key, registered_by = row[2], hostname = row[3], dialect = dialect, seen = seen, capacity = capacity,
    draining = draining, silent = silent, drained = drained, retired = retired, active = active, mail = mail,
    no_shows = no_shows, quarantines = quarantines, judged = judged, nacks = nacks,
    quarantined = quarantined, version = version, sets = accepted, failures = row[4],
    -- More fields to write, and fields to delete.
    set = {}, gone = {},
  }, unpack(row, 5)
end

function Workers.is_revoked(w)
  return org.revoked == '1' and call('SISMEMBER', AREA .. 'revoked', w.registered_by) == 1
end

-- True if a caller bound to this credential ('' for none) may act for a worker.
function Workers.may_act_for(w, registered_by)
  return (registered_by == '' or registered_by == w.registered_by) and not Workers.is_revoked(w)
end

-- Returns the worker if the caller may act for it, or nil.
function Workers.known(id, registered_by)
  local w = Workers.read(id)
  if w and Workers.may_act_for(w, registered_by) then
    return w
  end
  return nil
end

-- True if the worker isn't retired itself, and the other one is a retired worker of the same machine and credential, or
-- one before it whose record is gone: Ownership.hasReplaced.
function Workers.has_replaced(w, other_id)
  if w.retired == '1' then
    return false
  end
  local other, theirs = Workers.read(other_id, 'machine')
  local machine, before = unpack(call('HMGET', w.key, 'machine', 'before'))
  if not other then
    return Pages.has_name(before or '', other_id)
  end
  return other.retired == '1' and machine and machine == theirs
end

-- Returns how many claims the workers that a worker has replaced still have, which take its slots: Worker.inherited. And
-- those of them that have a record. `names`: the field `inherits`, or false. A damaged record counts for nothing.
function Workers.inherited(w, names)
  local claims, kept, machine = 0, {}, nil
  for id in string.gmatch(names or '', '[^\30]+') do
    local row = redis.pcall('HMGET', AREA .. 'w:' .. id, 'state', 'machine')
    local retired, active = select(7, match(row[1] or '', Workers.STATE))
    if row.err or row[1] then
      kept[#kept + 1] = id
    end
    if retired == '1' and w.retired == '0' then
      machine = machine or call('HGET', w.key, 'machine')
      claims = claims + (machine and machine == row[2] and active or 0)
    end
  end
  return claims, table.concat(kept, '\30')
end

-- Returns the slots that are free, negative after they became fewer: Worker.freeSlots.
function Workers.free_slots(w, inherited)
  return w.capacity - w.active - inherited
end

-- True if a worker has replaced another one, and has been replaced itself: Ownership.standsIn. `w`: its record or nil.
function Workers.stands_in(id, w, other_id)
  local other, machine = Workers.read(other_id, 'machine')
  local latest = other and other.retired == '1' and machine and call('HGET', AREA .. 'machines', machine)
  if not latest or w and not (w.retired == '1' and call('HGET', w.key, 'machine') == machine) then
    return false
  end
  for name in string.gmatch(call('HGET', AREA .. 'w:' .. latest, 'before') or '', '[^\30]+') do
    if name == id or name == other_id then
      return name == id
    end
  end
  return false
end

function Workers.sign_of_life(w)
  w.seen = NOW
  if w.silent == '1' then
    w.silent = '0'
    call('ZREM', AREA .. 'silent', w.id)
    call('ZADD', AREA .. 'leases', now + Rules.LEASE_MS, w.id)
  end
end

-- Claims of the worker up to this time are never no-shows.
function Workers.judge(w, at)
  if w.judged == '' or at - w.judged > 0 then
    w.judged = at
  end
end

-- The worker accepts what it was handed out at this time.
function Workers.note_accept(w, at)
  w.no_shows, w.quarantines = '0', '0'
  if (tonumber(w.nacks) or 0) < Rules.NACKS_IN_ROW then
    w.nacks = '0'
  end
  Workers.judge(w, at)
end

-- The worker gets no work for a while. `before`: how often that was so before, in a row.
local function quarantine(w, before)
  local till = format('%d', now + math.min(Rules.LONGEST_QUARANTINE_MS, Rules.QUARANTINE_MS * 2 ^ before))
  if till - w.quarantined > 0 then
    Events.of_worker('QUARANTINED', w.id)
  end
  w.quarantined = till
  w.no_shows, w.judged = '0', NOW
  w.gone[#w.gone + 1] = 'denials'
end

-- For no-shows or nacks.
function Workers.quarantine(w)
  local before = tonumber(w.quarantines) or 0
  quarantine(w, before)
  w.quarantines = format('%d', before + 1)
  w.gone[#w.gone + 1] = 'failures'
end

-- Notes how a run of the worker has ended. `nacks`: of its session, before the end. `failure`: as in Endings.decide_end. From
-- FAILURES_IN_ROW on each failure of the machine quarantines the worker, for longer each time; up to there it counts only
-- if nobody gave the work back before. No run counts during a quarantine.
function Workers.note_run(w, nacks, failure)
  if w.quarantined + 0 > now then
    return
  elseif not (failure and failure.machine) then
    w.gone[#w.gone + 1] = w.failures and 'failures' or nil
  else
    local count = (w.failures and match(w.failures, '^%d+') or 0) + 1
    if nacks ~= '0' and count <= Rules.FAILURES_IN_ROW then
      return
    end
    local n = #w.set
    w.set[n + 1], w.set[n + 2] = 'failures', format('%d', count) .. ' ' .. failure.cause
    if count >= Rules.FAILURES_IN_ROW then
      quarantine(w, count - Rules.FAILURES_IN_ROW)
      w.nacks = '0'
    end
  end
end

-- The worker nacks what it was handed out at this time. From NACKS_IN_ROW on its latest quarantine is for nacks. Denials
-- for good count whatever it accepts meanwhile.
function Workers.note_nack(w, at, denied)
  w.no_shows = '0'
  Workers.judge(w, at)
  if w.quarantined + 0 <= now then
    local nacks = tonumber(w.nacks) or 0
    nacks = nacks < Rules.NACKS_IN_ROW and nacks + 1 or 1
    local denials = denied and (call('HGET', w.key, 'denials') or 0) + 1 or 0
    if nacks == Rules.NACKS_IN_ROW or denials == Rules.NACKS_IN_ROW then
      nacks = Rules.NACKS_IN_ROW
      Workers.quarantine(w)
    elseif denied then
      local n = #w.set
      w.set[n + 1], w.set[n + 2] = 'denials', format('%d', denials)
    end
    w.nacks = format('%d', nacks)
  end
end

function Workers.store(w)
  call('HSET', w.key, 'state', Workers.state(w.dialect, w.seen, w.capacity, w.draining, w.silent, w.drained,
    w.retired, w.active, w.mail, w.no_shows, w.quarantines, w.judged, w.nacks, w.quarantined, w.version, w.sets),
    unpack(w.set))
  w.set = {}
  if w.gone[1] then
    for i = 1, #w.gone, 1000 do
      call('HDEL', w.key, unpack(w.gone, i, math.min(i + 999, #w.gone)))
    end
    w.gone = {}
  end
end

-- Deletes the record of a worker. It may be changed and not yet stored.
local function delete(w)
  Step.hint('S', w.id)
  if w.set[1] then
    Workers.store(w)
  end
  local row = call('HMGET', w.key, 'bytes', 'registered_by')
  Step.count_bytes(-(row[1] or 0))
  call('UNLINK', w.key, AREA .. 'mail:' .. w.id)
  for _, list in ipairs({ 'leases', 'silent', 'workers' }) do
    call('ZREM', AREA .. list, w.id)
  end
  call('ZREM', AREA .. 'registered', (row[2] or '') .. '\31' .. w.id)
end

-- False if it deleted the record.
function Workers.write(w)
  if w.retired == '1' and w.active == '0' then
    Events.note_departed(w.id)
    delete(w)
    return false
  end
  Workers.store(w)
  return true
end

-- Returns the ids of the active sessions.
function Workers.active_set(w)
  local ids = {}
  for _, field in ipairs(call('HKEYS', w.key)) do
    ids[#ids + 1] = match(field, '^a:(.*)$')
  end
  return ids
end

-- Returns the place of a worker's machine in {org}:machines, or nil.
function Workers.machine_of(w)
  local machine = call('HGET', w.key, 'machine')
  return machine and call('HGET', AREA .. 'machines', machine) == w.id and machine
end

-- Tells that a claim has left a worker, and with it a slot of the worker that has replaced it. `taker`: the worker that
-- the claim goes to, or nil.
function Workers.hint_slot(w, taker)
  Step.hint('S', w.id)
  local machine = w.retired == '1' and call('HGET', w.key, 'machine')
  local later = machine and redis.pcall('HGET', AREA .. 'machines', machine)
  if type(later) == 'string' and later ~= taker then
    Step.hint('S', later)
  end
end

-- Deletes the record of a worker that no other one replaces. `machine`: machine_of.
function Workers.delete(w, machine)
  if machine then
    call('HDEL', AREA .. 'machines', machine)
  end
  Events.of_worker('GONE', w.id)
  delete(w)
end

-- Nodes of layout 7 don't keep this list.
function Workers.list_registered(w)
  if org.layout - 7 > 0 then
    call('ZADD', AREA .. 'registered', '0', w.registered_by .. '\31' .. w.id)
  end
end

-- Returns how many workers a credential has registered.
function Workers.of_key(credential)
  return call('ZLEXCOUNT', AREA .. 'registered', '[' .. credential .. '\31', '(' .. credential .. '\32')
end

-- Returns the worker that makes room for another one, or nil: of the longest silent ones without claims the first that
-- never polled, else the first.
function Workers.least_missed()
  local first
  for _, id in ipairs(call('ZRANGE', AREA .. 'silent', 0, Rules.MAX_ROOM_LOOKS - 1)) do
    local ok, w = pcall(Workers.read, id)
    if ok and w and w.active == '0' then
      if not call('HGET', w.key, 'polled') then
        return w
      end
      first = first or w
    end
  end
  return first
end

-- True if a worker takes work of a project. `takes`: as in its record.
function Workers.takes_project(takes, project)
  return takes == '' or Pages.has_name(takes, project)
end

-- True if a worker with these capabilities takes work of a repository: Repositories.take.
function Workers.takes_repository(capabilities, name)
  local lists = false
  for listed in string.gmatch(capabilities, '\127([^\30]+)') do
    lists = true
    if listed == name or sub(name, 1, #listed + 1) == listed .. '/' or sub(listed, 1, #name + 1) == name .. '/' then
      return true
    end
  end
  return not lists
end

-- Returns the numbers of the capability sets that a worker with these capabilities accepts, separated by blanks; behind
-- two blanks those of work that names repositories, which it may not list.
function Workers.sets_within(capabilities)
  local has, accepted, named = { ['\127'] = true }, {}, {}
  for capability in string.gmatch(capabilities, '[^\30]+') do
    has[capability] = true
  end
  local all = call('HGETALL', AREA .. 'sets')
  for i = 1, #all, 2 do
    local every = true
    for capability in string.gmatch(all[i], '[^\30]+') do
      every = every and has[capability]
    end
    if every then
      local list = find(all[i], '\127', 1, true) and named or accepted
      list[#list + 1] = all[i + 1]
    end
  end
  return table.concat(accepted, ' ') .. (named[1] and '  ' .. table.concat(named, ' ') or '')
end

-- Returns the waiting sessions kept from a worker, as keys, and their number. Some may be parked. A worker with
-- MAX_RETURNS of them gets no work.
function Workers.own_returns(worker)
  local own = {}
  local list = redis.pcall('ZRANGE', AREA .. 'returns:' .. worker, 0, Rules.MAX_RETURNS - 1)
  for _, session in ipairs(list) do
    own[session] = true
  end
  return own, #list
end

-- Returns a worker as WorkerReader expects it: id, record (field, value, ...; the last value of a field counts), 1 if
-- its credential is revoked, own returns, MAX_RETURNS, inherited claims, and jobs whose offer stands.
function Workers.reply(w)
  local returns = redis.pcall('ZCARD', AREA .. 'returns:' .. w.id)
  return {
    w.id, call('HGETALL', w.key), Workers.is_revoked(w) and 1 or 0,
    type(returns) == 'number' and returns or 0, Rules.MAX_RETURNS,
    (Workers.inherited(w, call('HGET', w.key, 'inherits'))),
    #Jobs.standing(w.id, match(call('HGET', w.key, 'last') or '', '\30.*$') or '') / 2,
  }
end
