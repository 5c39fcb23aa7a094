local MOST_RECORDS, MOST_LISTS, RANKS = 500, 1000, 100

-- Reads some of the org's records but keys, in the order of OrgRecord.
--
-- ARGV    2 kind of list, and where to go on in it: number of the project if there are lists for each, number of the
--         list, rank of the entry, part of it, number in that part; separated by blanks
-- Result  records, names of damaged ones, where to go on or '' after the last. A record is a list that begins with its
--         kind
-- Refuses BAD_CURSOR
function Functions.export(args)
  local KINDS = {
    'numbers', 'revoked', 'keys', 'queues', 'workers', 'waiting', 'claimed', 'dead', 'ended', 'archives', 'jobs', 'due',
    'jobs-over', 'stop-runs', 'replays', 'audit',
  }

  local records, bytes, broken = {}, 0, {}
  local archived = call('ZCARD', AREA .. 'archives') ~= 0

  local function add(...)
    local record = { ... }
    for _, value in ipairs(record) do
      if type(value) == 'table' then
        for _, text in ipairs(value) do
          bytes = bytes + #text
        end
      else
        bytes = bytes + #value
      end
    end
    records[#records + 1] = record
  end

  local function full()
    return #records >= MOST_RECORDS or bytes > Rules.PAGE_BYTES / 4
  end

  local kind, project, list, rank, part, number = match(args[2], '^(%S+) (%d+) (%d+) (%d+) (%d+) (%d+)$')
  local at
  for i, name in ipairs(KINDS) do
    at = at or name == kind and i
  end
  if not at then
    return { org.seq, 'BAD_CURSOR' }
  end
  project, list, rank, part, number = project + 0, list + 0, rank + 0, part + 0, number + 0

  -- Adds a part of a session from `number` on: `add_some(from, to)` adds some of its records, and returns false behind the
  -- last one. False if the page is full.
  local function add_part(add_some)
    while add_some(number + 1, number + 10) do
      number = number + 10
      if full() then
        return false
      end
    end
    part, number = part + 1, 0
    return true
  end

  local function add_messages(id, key, members, hidden, told, at_ms)
    return add_part(function(from, to)
      for i = from, math.min(to, #members) do
        local member = members[i]
        local content = call('HGET', key, sub(member, 2)) or Step.damaged('inbox of ' .. id)
        add('message', id, sub(member, 2), content, hidden[member] or '0', told[member] or '', at_ms)
      end
      return to < #members
    end)
  end

  local function pairs_of(flat)
    local map = {}
    for i = 1, #flat, 2 do
      map[flat[i]] = flat[i + 1]
    end
    return map
  end

  local function add_unread(s)
    local members, hidden = {}, pairs_of(call('ZRANGE', AREA .. 'offered:' .. s.id, 0, -1, 'WITHSCORES'))
    for _, lane in ipairs({ 'urgent', 'normal' }) do
      local letter, some = sub(lane, 1, 1), {}
      for _, id in ipairs(call('ZRANGE', AREA .. lane .. ':' .. s.id, 0, -1)) do
        some[#some + 1] = letter .. id
      end
      for member in pairs(hidden) do
        if sub(member, 1, 1) == letter then
          some[#some + 1] = member
        end
      end
      for _, member in ipairs(Inbox.by_age(some)) do
        members[#members + 1] = member
      end
    end
    local told = s.told == '1' and pairs_of(call('HGETALL', AREA .. 'told:' .. s.id)) or {}
    return add_messages(s.id, AREA .. 'messages:' .. s.id, members, hidden, told, '0')
  end

  local function add_archive(id, at_ms)
    local key, members = AREA .. 'archive:' .. id, {}
    local all = call('HGETALL', key)
    for _, lane in ipairs({ 'URGENT', 'NORMAL' }) do
      local some = {}
      for i = 1, #all, 2 do
        if match(all[i + 1], '"lane":"(%u+)"') == lane then
          some[#some + 1] = sub(string.lower(lane), 1, 1) .. all[i]
        end
      end
      for _, member in ipairs(Inbox.by_age(some)) do
        members[#members + 1] = member
      end
    end
    return add_messages(id, key, members, pairs_of(call('ZRANGE', AREA .. 'left:' .. id, 0, -1, 'WITHSCORES')), {},
      at_ms)
  end

  -- The parts of a session. Each returns false if the page is full before its end.
  local PARTS = {
    function(s)
      add('session', s.id, s.line, s.content, Sessions.fields_of(s), Timelines.lines_of(s))
      part = part + 1
      return not full()
    end,
    function(s)
      return s.activities == '0' or add_part(function(from, to)
        local some = call('LRANGE', AREA .. 'a:' .. s.id, from - 1, to - 1)
        for i = 1, #some do
          add('told', s.id, some[i])
        end
        return #some == to - from + 1
      end)
    end,
    function(s)
      return s.unacked == '0' or add_unread(s)
    end,
    function(s)
      local lines = call('LRANGE', AREA .. 'acked:' .. s.id, -Rules.MAX_ACKED, -1)
      if lines[1] then
        add('acked', s.id, unpack(lines))
      end
      return true
    end,
    function(s)
      -- One of an earlier end.
      local at_ms = archived and call('ZSCORE', AREA .. 'archives', s.id)
      return not at_ms or add_archive(s.id, at_ms)
    end,
  }

  -- False if the page is full before the end of the session.
  local function add_session(id)
    local s = Sessions.read(id, true)
    if not s then
      return Step.damaged(id)
    end
    if s.fresh and not archived then
      add('session', s.id, s.line, s.content, {}, {})
      return true
    end
    while part < #PARTS do
      local before = part
      if not PARTS[part + 1](s) then
        return false
      elseif part == before then
        part, number = part + 1, 0
      end
    end
    return true
  end

  local function add_job(id)
    local j, hash, item = Jobs.read(id, 'hash', 'item')
    if not j then
      Step.damaged(id)
    end
    local offered = j.state == 'OFFERED'
    local last = offered and call('HGET', AREA .. 'w:' .. j.worker, 'last') or ''
    add('job', id, j.state, j.offers, j.worker, j.created, j.updated, j.number, hash or Step.damaged(id), item or Step.damaged(id),
      offered and call('ZSCORE', AREA .. 'due', '6\31' .. id) or '0',
      find(last .. '\30', '\30' .. id .. '\30', 1, true) and '1' or '0')
  end

  -- Adds an entry. Each returns false if the page is full before its end.
  local ENTRIES = {
    queues = function(name)
      local p = Queues.of(name)
      if p.max or p.budget or p.pause ~= '-' then
        add('project', name, p.max and format('%d', p.max) or '', p.budget and p.budget_text or '',
          format('%d', p.budget and p.spent or 0), format('%d', p.budget and p.day or 0), p.pause,
          p.pause ~= '-' and (call('HGET', ORG, 'pause:' .. name) or Step.damaged(ORG)) or '')
      end
    end,
    workers = function(id)
      if not Workers.read(id) then
        Step.damaged(id)
      end
      add('worker', id, call('HGETALL', AREA .. 'w:' .. id))
    end,
    waiting = function(entry)
      return add_session(match(entry, '^%d+\31(.*)$') or entry)
    end,
    claimed = add_session, dead = add_session, ended = add_session,
    archives = function(id, at_ms)
      return call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) ~= 0 or add_archive(id, at_ms)
    end,
    jobs = add_job, ['jobs-over'] = add_job,
    due = function(entry)
      local id = match(entry, '^6\31(.*)$')
      if id then
        add_job(id)
      end
    end,
    ['stop-runs'] = function(id)
      add('stop', id, call('GET', AREA .. 'stop-run:' .. id) or Step.damaged(id))
    end,
    replays = function(key)
      add('answers', key, call('HGETALL', AREA .. 'r:' .. key))
    end,
    audit = function(line)
      add('audit', line)
    end,
  }

  -- The kinds of damaged records, by index; others are sessions.
  local NAMES = {
    queues = 'queue ', workers = 'worker ', jobs = 'job ', due = 'job ', ['jobs-over'] = 'job ', ['stop-runs'] = 'stop ',
    replays = 'replay ', audit = 'audit ',
  }

  local function add_single()
    if kind == 'numbers' then
      local last, gap = match(call('HGET', ORG, 'sweep') or '0 0 0', '^(%d+) (%d+) %d+$')
      add('numbers', org.seq, org.token, org.time, last or '0', gap or '0', org.front,
        match(call('HGET', ORG, 'nodes') or '0', '^%d+') or '0')
    elseif kind == 'revoked' then
      local ids = call('SMEMBERS', AREA .. 'revoked')
      table.sort(ids, Pages.bytes_before)
      for _, id in ipairs(ids) do
        add('revoked', id)
      end
    end
  end

  -- Returns the keys of the lists of this kind, of a project if it has some for each; nil behind the last one.
  local function lists()
    if kind ~= 'waiting' then
      return project == 0 and { AREA .. kind } or nil
    end
    local name = call('ZRANGE', AREA .. 'queues', project, project)[1]
    if not name then
      return nil
    end
    local keys = { AREA .. 'parked:' .. name, AREA .. 'later:' .. name }
    if not Step.passes(function()
      for _, key in ipairs(Waiting.buckets_of(name, { 'ready', 'returned' })) do
        keys[#keys + 1] = key
      end
    end) then
      broken[#broken + 1] = 'queue ' .. name
    end
    return keys
  end

  -- Adds entries of a list from `rank` on.
  local function add_list(key)
    local some = call('ZRANGE', key, rank, rank + RANKS - 1, 'WITHSCORES')
    for i = 1, #some, 2 do
      local done
      if not Step.passes(function() done = ENTRIES[kind](some[i], some[i + 1]) end) then
        broken[#broken + 1] = (NAMES[kind] or 'session ') .. match(some[i], '([^\31]*)$')
      elseif done == false then
        return
      end
      part, number, rank = 0, 0, rank + 1
      if full() then
        return
      end
    end
    if #some < 2 * RANKS then
      list, rank = list + 1, 0
    end
  end

  for _ = 1, MOST_LISTS do
    kind = KINDS[at]
    if not kind or kind == 'keys' or full() then
      break
    end
    local keys
    if kind == 'numbers' or kind == 'revoked' then
      add_single()
    else
      keys = lists()
    end
    if not keys then
      at, project = at + 1, 0
    elseif not keys[list + 1] then
      project, list = project + 1, 0
    else
      add_list(keys[list + 1])
    end
  end
  local next_cursor = KINDS[at]
    and KINDS[at] .. ' ' .. format('%d %d %d %d %d', project, list, rank, part, number) or ''
  return { org.seq, 'OK', records, broken, next_cursor }
end
