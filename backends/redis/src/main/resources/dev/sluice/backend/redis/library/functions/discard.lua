local STEP = 500

-- Deletes some of what an import has brought, but for keys: all but numbers, audit lines and revocations.
--
-- ARGV    2 closure
-- Result  1 once nothing is left, else 0
-- Refuses CLOSED
function Functions.discard(args)
  if not Closures.import_of(args[2]) then
    return { org.seq, 'CLOSED' }
  end

  -- Deletes the keys of a session. Its lists go as a whole.
  local function unlink_session(id)
    local s = Sessions.read(id)
    local keys, identifier = {}, Sessions.identifier_of(Sessions.read_head(id) or '')
    if identifier ~= '' then
      keys[1] = Sessions.issue_index(identifier)
    end
    for _, kind in ipairs({ 's', 'p', 'f', 't', 'a', 'acked', 'messages', 'urgent', 'normal', 'offered', 'nudges',
      'told' }) do
      keys[#keys + 1] = AREA .. kind .. ':' .. id
    end
    if s then
      keys[#keys + 1] = AREA .. 'i:' .. (s.issue == '' and id or s.issue) .. '\29' .. s.project
      for name in string.gmatch(s.names, '[^\29]+') do
        keys[#keys + 1] = AREA .. 'n:' .. sub(name, 1, 4)
      end
      for worker in string.gmatch(s.nackers, '\29([^\29]+)\29%d+!?\29%d+') do
        keys[#keys + 1] = AREA .. 'returns:' .. worker
      end
    end
    call('UNLINK', unpack(keys))
  end

  local function unlink_record(...)
    local kinds = { ... }
    return function(id)
      for _, kind in ipairs(kinds) do
        call('UNLINK', AREA .. kind .. ':' .. id)
      end
    end
  end

  -- Deletes the first entries of a list and their records. False if it is empty.
  local function unlink_some(name, unlink)
    local some = call('ZRANGE', AREA .. name, 0, STEP - 1)
    for _, entry in ipairs(some) do
      unlink(match(entry, '^%d+\31(.*)$') or entry)
    end
    if some[1] then
      call('ZREMRANGEBYRANK', AREA .. name, 0, #some - 1)
    end
    return some[1] ~= nil
  end

  local function unlink_project(name)
    local lists = { 'parked:' .. name, 'later:' .. name }
    for _, set_id in ipairs((Sets.of_project(name))) do
      lists[#lists + 1], lists[#lists + 2] = 'ready:' .. set_id .. ':' .. name, 'returned:' .. set_id .. ':' .. name
    end
    for _, list in ipairs(lists) do
      if unlink_some(list, unlink_session) then
        return
      end
    end
    call('UNLINK', AREA .. 'claimed:' .. name, AREA .. 'dead:' .. name)
    call('ZREM', AREA .. 'queues', name)
  end

  local LISTS = {
    { 'claimed', unlink_session }, { 'dead', unlink_session }, { 'ended', unlink_session },
    { 'archives', unlink_record('archive', 'left') }, { 'workers', unlink_record('w', 'mail', 'returns') },
    { 'jobs', unlink_record('j') }, { 'jobs-over', unlink_record('j') }, { 'stop-runs', unlink_record('stop-run') },
    { 'replays', unlink_record('r') },
  }

  local function unlink_offered()
    local some = call('ZRANGE', AREA .. 'due', 0, STEP - 1)
    for _, entry in ipairs(some) do
      local id = match(entry, '^6\31(.*)$')
      if id then
        call('UNLINK', AREA .. 'j:' .. id)
      end
    end
    if some[1] then
      call('ZREMRANGEBYRANK', AREA .. 'due', 0, #some - 1)
    end
    return some[1] ~= nil
  end

  -- Deletes the lists, and all fields of the org that speak of what is gone.
  local function unlink_lists()
    local keys = { AREA .. 'sets' }
    for _, set_id in ipairs(call('HVALS', AREA .. 'sets')) do
      for _, kind in ipairs({ 'heads:ready:', 'heads:returned:', 'lanes:ready:', 'lanes:returned:' }) do
        keys[#keys + 1] = AREA .. kind .. set_id
      end
    end
    for _, name in ipairs({ 'leases', 'silent', 'registered', 'machines', 'accepts', 'graces', 'texts', 'archived', 'said',
      'lane:urgent', 'lane:normal' }) do
      keys[#keys + 1] = AREA .. name
    end
    for i = 1, #keys, 1000 do
      call('UNLINK', unpack(keys, i, math.min(i + 999, #keys)))
    end
    local kept = { numbers = true, layout = true, sweep = true, nodes = true, closure = true }
    for _, field in ipairs(call('HKEYS', ORG)) do
      if not kept[field] then
        call('HDEL', ORG, field)
      end
    end
    for _, number in ipairs({ 'ready', 'parked', 'later', 'returned', 'claimed', 'dead', 'due', 'jobs', 'offers',
      'bytes' }) do
      org[number] = '0'
    end
    org.version = format('%d', org.version + 1)
  end

  local function step()
    local name = call('ZRANGE', AREA .. 'queues', 0, 0)[1]
    if name then
      unlink_project(name)
      return false
    end
    for _, list in ipairs(LISTS) do
      if unlink_some(list[1], list[2]) then
        return false
      end
    end
    if unlink_offered() then
      return false
    end
    unlink_lists()
    return true
  end

  local done = step()
  Step.commit(true)
  return { org.seq, 'OK', done and 1 or 0 }
end
