-- A page of records:
--   records, bytes   the answer so far, and its size
--   broken           names of damaged records
--   archived         true if sessions have archives
--   at, kind         index and name of the kind of list
--   project          number of the project if there are lists for each
--   list, rank       number of the list, and rank of the entry in it
--   part, number     part of the entry, and number of the last record that was added of that part

local MOST_RECORDS, MOST_LISTS, RANKS = 500, 1000, 100

local KINDS = {
  'numbers', 'revoked', 'keys', 'queues', 'workers', 'waiting', 'claimed', 'dead', 'ended', 'archives', 'jobs', 'due',
  'jobs-over', 'stop-runs', 'replays', 'audit',
}

-- Begins of the names of damaged records, by list.
local NAMES = {
  queues = 'queue ', workers = 'worker ', waiting = 'session ', claimed = 'session ', dead = 'session ', ended = 'session ',
  archives = 'session ', jobs = 'job ', due = 'job ', ['jobs-over'] = 'job ', ['stop-runs'] = 'stop ', replays = 'replay ',
  audit = 'audit ',
}

local function add(page, ...)
  local record = { ... }
  for _, value in ipairs(record) do
    for _, text in ipairs(type(value) == 'table' and value or { value }) do
      page.bytes = page.bytes + #text
    end
  end
  table.insert(page.records, record)
end

local function is_full(page)
  return #page.records >= MOST_RECORDS or page.bytes > Rules.PAGE_BYTES / 4
end

-- Adds a part of a session from `number` on: `add_some(from, to)` adds some of its records, and returns false behind
-- the last one. False if the page is full.
local function add_part(page, add_some)
  while add_some(page.number + 1, page.number + 10) do
    page.number = page.number + 10
    if is_full(page) then
      return false
    end
  end
  return true
end

-- Adds messages, the urgent ones first. `members`: by lane; `key`: of their contents; `told`: the worker that was told
-- of each; `archived_at`: when they were archived, or 0.
local function add_messages(page, id, members, key, hidden, told, archived_at)
  local all = Inbox.by_age(members.urgent)
  for _, member in ipairs(Inbox.by_age(members.normal)) do
    all[#all + 1] = member
  end
  return add_part(page, function(from, to)
    for i = from, math.min(to, #all) do
      local member = all[i]
      local content = call('HGET', key, sub(member, 2)) or Step.damaged('inbox of ' .. id)
      add(page, 'message', id, sub(member, 2), content, hidden[member] or '0', told[member] or '', archived_at)
    end
    return to < #all
  end)
end

-- Returns until when offered messages are hidden, by member.
local function hidden_in(key)
  return Pages.map_of(call('ZRANGE', key, 0, -1, 'WITHSCORES'))
end

local function add_unread(page, s)
  local members, hidden = {}, hidden_in(AREA .. 'offered:' .. s.id)
  for _, lane in ipairs(Inbox.LANES) do
    members[lane] = {}
    for i, id in ipairs(call('ZRANGE', AREA .. lane .. ':' .. s.id, 0, -1)) do
      members[lane][i] = Inbox.member(lane, id)
    end
  end
  for member in pairs(hidden) do
    table.insert(members[Inbox.lane_of(member)], member)
  end
  local told = s.told == '1' and Pages.map_of(call('HGETALL', AREA .. 'told:' .. s.id)) or {}
  return add_messages(page, s.id, members, AREA .. 'messages:' .. s.id, hidden, told, '0')
end

local function add_archive(page, id, archived_at)
  local key, members = AREA .. 'archive:' .. id, { urgent = {}, normal = {} }
  for message, content in pairs(Pages.map_of(call('HGETALL', key))) do
    local lane = string.lower(match(content, '"lane":"(%u+)"') or '')
    if members[lane] then
      table.insert(members[lane], Inbox.member(lane, message))
    end
  end
  return add_messages(page, id, members, key, hidden_in(AREA .. 'left:' .. id), {}, archived_at)
end

local function add_activities(page, s)
  return add_part(page, function(from, to)
    local some = call('LRANGE', AREA .. 'a:' .. s.id, from - 1, to - 1)
    for _, line in ipairs(some) do
      add(page, 'told', s.id, line)
    end
    return #some == to - from + 1
  end)
end

-- The parts of a session. Each returns false if the page is full before its end.
local PARTS = {
  function(page, s)
    add(page, 'session', s.id, s.line, s.content, Sessions.fields_of(s), Timelines.lines_of(s))
    return true
  end,
  function(page, s)
    return s.activities == '0' or add_activities(page, s)
  end,
  function(page, s)
    return s.unacked == '0' or add_unread(page, s)
  end,
  function(page, s)
    local lines = Inbox.acked(s.id)
    if lines[1] then
      add(page, 'acked', s.id, unpack(lines))
    end
    return true
  end,
  function(page, s)
    -- A session that was requeued may have an archive of its earlier end.
    local archived_at = page.archived and call('ZSCORE', AREA .. 'archives', s.id)
    return not archived_at or add_archive(page, s.id, archived_at)
  end,
}

local function add_session(page, id)
  local s = Sessions.read(id, true) or Step.damaged(id)
  if s.fresh and not page.archived then
    add(page, 'session', s.id, s.line, s.content, {}, {})
    return true
  end
  while page.part < #PARTS do
    if is_full(page) or not PARTS[page.part + 1](page, s) then
      return false
    end
    page.part, page.number = page.part + 1, 0
  end
  return true
end

-- Adds the session of an entry of a bucket, or of an entry that is its id.
local function add_waiting(page, entry)
  return add_session(page, match(entry, '^%d+\31(.*)$') or entry)
end

-- Adds an archive whose session is pruned. Those of other sessions are parts of them.
local function add_rest(page, id, archived_at)
  return call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) ~= 0 or add_archive(page, id, archived_at)
end

local function add_job(page, id)
  local j, hash, item = Jobs.read(id, 'hash', 'item')
  if not (j and hash and item) then
    Step.damaged(id)
  end
  local offered_until, held = '0', false
  if j.state == 'OFFERED' then
    local last = call('HGET', AREA .. 'w:' .. j.worker, 'last') or ''
    offered_until = call('ZSCORE', AREA .. 'due', '6\31' .. id)
    held = Pages.has_name(match(last, '\30(.*)') or '', id)
  end
  add(page, 'job', id, j.state, j.offers, j.worker, j.created, j.updated, j.number, hash, item, offered_until or '0',
    held and '1' or '0')
end

local function add_offered(page, entry)
  local id = match(entry, '^6\31(.*)$')
  if id then
    add_job(page, id)
  end
end

local function add_queue(page, name)
  local p = Queues.of(name)
  if p.max or p.budget or p.pause ~= '-' then
    local spent, day = p.budget and p.spent or 0, p.budget and p.day or 0
    add(page, 'project', name, p.max and format('%d', p.max) or '', p.budget and p.budget_text or '',
      format('%d', spent), format('%d', day), p.pause,
      p.pause ~= '-' and (Step.field('pause:' .. name) or Step.damaged(ORG)) or '')
  end
end

local function add_worker(page, id)
  if not Workers.read(id) then
    Step.damaged(id)
  end
  add(page, 'worker', id, call('HGETALL', AREA .. 'w:' .. id))
end

local function add_stop(page, id)
  add(page, 'stop', id, call('GET', AREA .. 'stop-run:' .. id) or Step.damaged(id))
end

local function add_answers(page, key)
  add(page, 'answers', key, call('HGETALL', AREA .. 'r:' .. key))
end

local function add_line(page, line)
  add(page, 'audit', line)
end

-- The functions that add an entry of a list, by its kind. Each returns false if the page is full before the end of the
-- entry.
local ENTRIES = {
  queues = add_queue, workers = add_worker, waiting = add_waiting, claimed = add_session, dead = add_session,
  ended = add_session, archives = add_rest, jobs = add_job, due = add_offered, ['jobs-over'] = add_job,
  ['stop-runs'] = add_stop, replays = add_answers, audit = add_line,
}

local function add_numbers(page)
  local last, gap = match(Step.field('sweep') or '0 0 0', '^(%d+) (%d+) %d+$')
  add(page, 'numbers', org.seq, org.token, org.time, last or '0', gap or '0', org.front,
    match(Step.field('nodes') or '0', '^%d+') or '0')
  local logged = Events.latest()
  if logged > 0 then
    add(page, 'logged', format('%d', logged))
  end
end

local function add_revoked(page)
  local ids = call('SMEMBERS', AREA .. 'revoked')
  table.sort(ids, Pages.bytes_before)
  for _, id in ipairs(ids) do
    add(page, 'revoked', id)
  end
end

-- The functions that add records of kinds without a list.
local SINGLES = { numbers = add_numbers, revoked = add_revoked }

-- Returns the keys of the lists of waiting work of a project, or nil behind the last one.
local function waiting_lists(page)
  local name = call('ZRANGE', AREA .. 'queues', page.project, page.project)[1]
  if not name then
    return nil
  end
  local keys = { AREA .. 'parked:' .. name, AREA .. 'later:' .. name }
  if not Step.passes(function()
    for _, key in ipairs(Waiting.buckets_of(name, 'ready', 'returned')) do
      keys[#keys + 1] = key
    end
  end) then
    table.insert(page.broken, 'queue ' .. name)
  end
  return keys
end

-- Returns the keys of the lists of this kind, of a project if it has some for each; nil behind the last one.
local function lists_of(page)
  if page.kind == 'waiting' then
    return waiting_lists(page)
  end
  return page.project == 0 and { AREA .. page.kind } or nil
end

-- Adds entries of a list from `rank` on.
local function add_list(page, key)
  local some = call('ZRANGE', key, page.rank, page.rank + RANKS - 1, 'WITHSCORES')
  for i = 1, #some, 2 do
    local done
    if not Step.passes(function() done = ENTRIES[page.kind](page, some[i], some[i + 1]) end) then
      table.insert(page.broken, NAMES[page.kind] .. match(some[i], '([^\31]*)$'))
    elseif done == false then
      return
    end
    page.part, page.number, page.rank = 0, 0, page.rank + 1
    if is_full(page) then
      return
    end
  end
  if #some < 2 * RANKS then
    page.list, page.rank = page.list + 1, 0
  end
end

-- Adds records of the present kind, and goes on to the next list, project or kind behind the last of them.
local function add_some(page)
  local single, keys = SINGLES[page.kind], nil
  if single then
    single(page)
  else
    keys = lists_of(page)
  end
  if not keys then
    page.at, page.project = page.at + 1, 0
    page.kind = KINDS[page.at]
  elseif not keys[page.list + 1] then
    page.project, page.list = page.project + 1, 0
  else
    add_list(page, keys[page.list + 1])
  end
end

-- Returns a page that goes on at a cursor, or nil if that is none.
local function begin(cursor)
  local kind, project, list, rank, part, number = match(cursor, '^(%S+) (%d+) (%d+) (%d+) (%d+) (%d+)$')
  for at, name in ipairs(KINDS) do
    if name == kind then
      return {
        records = {}, bytes = 0, broken = {}, archived = call('ZCARD', AREA .. 'archives') ~= 0, at = at, kind = kind,
        project = project + 0, list = list + 0, rank = rank + 0, part = part + 0, number = number + 0,
      }
    end
  end
  return nil
end

-- Reads some of the org's records except keys, in the order of OrgRecord.
--
-- Arguments  2 kind of list, and where to go on in it: number of the project if there are lists for each, number of the
--            list, rank of the entry, part of it, number in that part; separated by blanks
-- Result  records, names of damaged ones, where to go on or '' after the last. A record is a list that begins with its
--         kind
-- Refuses BAD_CURSOR
function Functions.export(args)
  local page = begin(args[2])
  if not page then
    return { org.seq, 'BAD_CURSOR' }
  end
  for _ = 1, MOST_LISTS do
    if not page.kind or page.kind == 'keys' or is_full(page) then
      break
    end
    add_some(page)
  end
  local place = format(' %d %d %d %d %d', page.project, page.list, page.rank, page.part, page.number)
  return { org.seq, 'OK', page.records, page.broken, page.kind and page.kind .. place or '' }
end
