-- The deletion of what an import has brought.

-- The most entries of a list that a step deletes.
local SOME = 500

-- Deletes the keys of a session. Its lists go as a whole.
local function unlink_session(id)
  local s, keys = Sessions.read(id), {}
  local identifier = Sessions.identifier_of(Sessions.read_head(id) or '')
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
    for _, nacker in ipairs(Nackers.of(s)) do
      keys[#keys + 1] = AREA .. 'returns:' .. nacker[1]
    end
  end
  call('UNLINK', unpack(keys))
end

-- Returns a function that deletes the keys of these kinds of a record.
local function unlink_record(...)
  local kinds = { ... }
  return function(id)
    for _, kind in ipairs(kinds) do
      call('UNLINK', AREA .. kind .. ':' .. id)
    end
  end
end

local unlink_job = unlink_record('j')

-- Deletes an offered job. Other deadlines have no record of their own.
local function unlink_due(entry)
  local id = match(entry, '^6\31(.*)$')
  if id then
    unlink_job(id)
  end
end

-- Deletes the session of an entry, or of a bucket's entry.
local function unlink_entry(entry)
  unlink_session(match(entry, '^%d+\31(.*)$') or entry)
end

-- Deletes the first entries of a list and their records. False if it is empty.
local function unlink_some(name, unlink)
  local some = call('ZRANGE', AREA .. name, 0, SOME - 1)
  for _, entry in ipairs(some) do
    unlink(entry)
  end
  if some[1] then
    call('ZREMRANGEBYRANK', AREA .. name, 0, #some - 1)
  end
  return some[1] ~= nil
end

-- Deletes some waiting work of a project, or its queue if there is none left.
local function unlink_project(name)
  local lists = { 'parked:' .. name, 'later:' .. name }
  for _, set_id in ipairs((Sets.of_project(name))) do
    Pages.append(lists, 'ready:' .. set_id .. ':' .. name, 'returned:' .. set_id .. ':' .. name)
  end
  for _, list in ipairs(lists) do
    if unlink_some(list, unlink_entry) then
      return
    end
  end
  call('UNLINK', AREA .. 'claimed:' .. name, AREA .. 'dead:' .. name)
  call('ZREM', AREA .. 'queues', name)
end

-- Deletes the lists that no longer have records.
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
  Pages.each_part(keys, function(...) call('UNLINK', ...) end)
end

-- Clears the counts of the org, and deletes its fields about records.
local function clear_org()
  local kept = { numbers = true, layout = true, sweep = true, nodes = true, closure = true, unlogged = true }
  for _, field in ipairs(call('HKEYS', ORG)) do
    if not kept[field] then
      Step.set_field(field, false)
    end
  end
  for _, number in ipairs({ 'ready', 'parked', 'later', 'returned', 'claimed', 'dead', 'due', 'jobs', 'offers',
    'bytes' }) do
    org[number] = '0'
  end
  org.version = format('%d', org.version + 1)
end

-- Lists of records, and the functions that delete the record of an entry.
local LISTS = {
  { 'claimed', unlink_session }, { 'dead', unlink_session }, { 'ended', unlink_session },
  { 'archives', unlink_record('archive', 'left') }, { 'workers', unlink_record('w', 'mail', 'returns') },
  { 'jobs', unlink_job }, { 'jobs-over', unlink_job }, { 'stop-runs', unlink_record('stop-run') },
  { 'replays', unlink_record('r') }, { 'due', unlink_due },
}

-- Deletes some. True once nothing is left.
local function unlink_next()
  local project = call('ZRANGE', AREA .. 'queues', 0, 0)[1]
  if project then
    unlink_project(project)
    return false
  end
  for _, list in ipairs(LISTS) do
    if unlink_some(list[1], list[2]) then
      return false
    end
  end
  unlink_lists()
  Events.clear()
  clear_org()
  return true
end

-- Deletes some of what an import has brought except keys: all but numbers, audit lines and revocations. The event log
-- goes too.
--
-- Arguments  2 closure
-- Result  1 once nothing is left, else 0
-- Refuses CLOSED
function Functions.discard(args)
  if not Closures.is_import(args[2]) then
    return { org.seq, 'CLOSED' }
  end
  local done = unlink_next()
  Step.commit(true)
  return { org.seq, 'OK', done and 1 or 0 }
end
