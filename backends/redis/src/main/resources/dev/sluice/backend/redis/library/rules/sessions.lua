-- Sessions. Their line is read and written here and, for the claims of a poll, in polling.lua; Java reads it in
-- SessionReader.
--
--   {org}:p:<id>   string: <size by StoredBytes> US <content hash> US <issue identifier, '' for its id>
--                  US <required capabilities> US <public names, separated by the byte 29> US project US capability set,
--                  and of work that names a repository the byte 29 and its name US score, 16 digits US issue, or '' for
--                  its own id if no other session was of that issue US created at US sequence number of its enqueue
--                  US not before US deadline US subject LF <packed item>. All as of the enqueue; it never changes. The
--                  subject is model, branch and title, separated by the byte 29, or ''; contents of layout 7 lack it.
--                  A title that is made from the prompt begins with the byte 28.
--                  Scripts don't read the item (PackedItem)
--   {org}:s:<id>   its line, a string: <what a claim keeps> RS <what a claim replaces> RS <what a claim keeps> RS
--                  <timeline>. A session that waits as at its enqueue has none, unless it was parked at once; then it has
--                  nothing else of what follows
--       project US capability set, and of work that names a repository the byte 29 and its name US score, 16 digits US issue, or '' for its own id if no other session was ever of
--         that issue US priority US queued at US created at US sequence number of its enqueue US not before
--         US deadline US public names, separated by the byte 29
--       place US state US owner US token US accept by US updated at US claimed at US started at US ended at
--         US release by US last sign US cost US lost by US nacked by since its claim, or ''
--         US earliest end of a back-off while it waits, or 0; and of each worker that nacked it since it last ran
--         the byte 29, the worker, 29, how often, 29, end of its back-off or 0. Older lines lack these
--         US 1 if a refresh told the worker of the stop, else 0 US why it is dead
--         US tools: name of the latest, when, how often, separated by the byte 29, or ''
--         US latest attempt of a report: id and hash, separated by the byte 29, or ''
--       attempts US nacks US unacknowledged messages US id of the stop message US 1 if it has fields, else 0
--         US 1 if a poll told a worker of some of its messages (inbox.lua), else 0 US id of the latest activity
--       latest lines of the timeline (timeline.lua)
--   {org}:n:<begin> hash: rest of a public name (PublicName) -> its session. The begin has 4 hex digits, so that
--                  each hash is small and Redis keeps it packed, and the number of keys is bounded
--   {org}:x:<number> sorted set, all scores 0: the sessions of some issue identifiers that aren't their ids, each behind
--                  the begin of a hash of its identifier (issue_index). Sessions of layout 7 aren't there
--   {org}:f:<id>   hash: merged fields of its reports
--   {org}:t:<id>   list: timeline (timeline.lua)
--   {org}:a:<id>   list: activities: id US time US type US body
--
-- A line of another shape is damaged.

-- Returns the session of a line, or nil. Two patterns, since a pattern has at most 32 captures.
function Sessions.parse(id, line, content)
  local project, set_id, repository, score, issue, priority, queued, created, created_seq, not_before, deadline,
    names, rest = match(line,
    '^([^\31]+)\31(%d+)([^\31]*)\31(%d+)\31([^\31\30]*)\31(%d)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31([^\31\30]*)\30()')
  if not project then
    return nil
  end
  local place, state, owner, token, accept_by, updated, claimed, started, ended, release_by,
    last_sign, cost, lost_by, nacked_by, return_until, nackers, stop_told, dead, tools, attempt, attempts,
    nacks, unacked, stop, has_fields, told, activities, events = match(line,
    '^(%u+)\31(%u+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31([^\31]*)\31([^\31]*)\31(%d+)([^\31]*)\31([01])\31([%u_]*)\31([^\31]*)\31([^\31\30]*)\30(%d+)\31(%d+)\31(%d+)\31([%d-]*)\31([01])\31([01])\31(%d+)\30([^\30]*)$',
    rest)
  if not place or not find(' READY:PENDING PARKED:PENDING LATER:PENDING RETURNED:PENDING CLAIMED:CLAIMED CLAIMED:RUNNING CLAIMED:FINALIZING CLAIMED:STOPPED DEAD:FAILED ENDED:COMPLETED ENDED:FAILED ENDED:STOPPED ',
    ' ' .. place .. ':' .. state .. ' ', 1, true) then
    return nil
  end
  if nackers == '' and nacked_by ~= '' then
    nackers = '\29' .. nacked_by .. '\0291\29' .. return_until
  end
  return {
    id = id, content = content, line = line, project = project, set = set_id, repository = repository, score = score,
    issue = issue, priority = priority, queued = queued, created = created,
    created_seq = created_seq, not_before = not_before, deadline = deadline, names = names, place = place,
    state = state, owner = owner, token = token, accept_by = accept_by, updated = updated,
    claimed = claimed, started = started, ended = ended, release_by = release_by,
    last_sign = last_sign, cost = cost, lost_by = lost_by, nacked_by = nacked_by,
    return_until = return_until, nackers = nackers, stop_told = stop_told, dead = dead, tools = tools, attempt = attempt,
    attempts = attempts, nacks = nacks, unacked = unacked, stop = stop, has_fields = has_fields,
    told = told, activities = activities, events = events,
    -- As stored.
    known_place = place, known_state = state,
  }
end

-- The nackers of a waiting session (nackers.lua), or nil. `part`: the part of its line that a claim replaces.
local function nackers_in(part, place)
  if place ~= 'RETURNED' and not find(part, '\29', 1, true) then
    return ''
  end
  local nacked_by, till, nackers =
    match(part, '\31([^\31]*)\31(%d+)([^\31]*)\31[01]\31[%u_]*\31[^\31]*\31[^\31]*$')
  if nackers == '' and nacked_by ~= '' then
    return '\29' .. nacked_by .. '\0291\29' .. till
  end
  return nackers
end

-- True if the latest claim of a waiting session was lost by time, not started and without a call of its worker about it.
-- `part`: the part of its line that a claim replaces.
local function was_left_alone(part)
  local claimed, started, sign, lost_by = match(part,
    '^\30%u+\31%u+\31[^\31]*\31%d+\31%d+\31%d+\31(%d+)\31(%d+)\31%d+\31%d+\31(%d+)\31%d+\31([^\31]*)\31')
  return lost_by and lost_by ~= '' and started == '0' and sign + 0 <= claimed + 0
end

-- Returns the repository in a line behind the byte 29, or '', if the line begins as `start` and has the score; else nil.
local function repository_in(line, start, score)
  local at, repository = #start + 1, ''
  if sub(line, at, at) == '\29' then
    repository = match(line, '^[^\31]*', at)
    at = at + #repository
  end
  return sub(line, 1, #start) == start and sub(line, at, at + 17) == '\31' .. score and repository or nil, at + 18
end

-- Reads what a claim needs of a waiting session; a whole parse would take longer than all the rest of the claim. Returns
-- nil for a damaged session, else
--   repository         behind the byte 29, or ''
--   issue, queued, deadline, nackers, unacked, has_fields, events  as in its line
--   kept, counts       the two parts of its line that a claim keeps, the second one without fields
--   enqueued           when it was created US sequence number of its enqueue
--   alone              true if it goes out alone: its latest claim was lost and nobody said anything about it
-- `start`: the expected begin of the line, up to its set; `score`: its score and US.
function Sessions.parse_waiting(line, start, score, place)
  local repository, at = repository_in(line, start, score)
  local first = repository and find(line, '\30', at, true)
  local second = first and find(line, '\30', first + 1, true)
  if not second or find(line, place .. '\31PENDING\31', first + 1, true) ~= first + 1 then
    return nil
  end
  local issue, queued, enqueued, deadline =
    match(line, '^([^\31\30]*)\31%d\31(%d+)\31(%d+\31%d+)\31%d+\31(%d+)\31[^\31\30]*\30', at)
  local counts, unacked, has_fields, events =
    match(line, '^(%d+\31%d+\31(%d+)\31\31([01])\31[01]\31%d+)\30([^\30]*)$', second + 1)
  local part = sub(line, first, second - 1)
  local nackers = nackers_in(part, place)
  if not issue or not counts or not nackers then
    return nil
  end
  return {
    repository = repository, issue = issue, queued = queued, enqueued = enqueued, deadline = deadline,
    nackers = nackers, unacked = unacked, has_fields = has_fields, events = events, kept = sub(line, 1, first - 1),
    counts = has_fields == '1' and string.gsub(counts, '1(\31[01]\31%d+)$', '0%1') or counts,
    alone = sub(counts, 1, 2) ~= '0\31' and was_left_alone(part),
  }
end

local CONTENT = '^%d+\31[^\31]*\31[^\31]*\31[^\31]*\31([^\31]*)\31(([^\31]+\31%d+)([^\31]*)\31(%d+)\31([^\31]*))'
  .. '\31(%d+\31%d+\31%d+\31(%d+))(\31?)([^\29\n]*)()'

-- Reads a session that has no line from its content: what parse_waiting returns, and start, its project US set, score,
-- times, from created at to deadline as in its line, and model, or '' for none. Returns nil for damage. A score tells
-- priority and enqueue time.
function Sessions.parse_fresh(content)
  local names, begin, start, repository, score, issue, times, deadline, mark, model, at = match(content, CONTENT)
  if not at or mark == '' and sub(content, at, at) ~= '\n' or not find(content, '\n', at, true) then
    return nil
  end
  local queued = match(score, '^...0*(%d+)$')
  return {
    start = start, repository = repository, score = score, issue = issue, queued = queued, deadline = deadline,
    times = times, model = model, nackers = '', unacked = '0', has_fields = '0', events = '',
    kept = begin .. '\31' .. sub(score, 3, 3) .. '\31' .. queued .. '\31' .. times .. '\31' .. names,
    counts = Sessions.FRESH_COUNTS, alone = false,
  }
end

-- Returns the size of a session by StoredBytes, from its content; 0 for a damaged one.
function Sessions.size_of(content)
  return tonumber(match(content, '^%d+') or 0)
end

-- Stands for the content of a session whose item is missing.
Sessions.NO_CONTENT = '0\31\31\31\n'

-- A claim replaces the beginning of a line; this is the rest of it for a session without one.
Sessions.FRESH_COUNTS = '0\0310\0310\31\0310\0310\0310'

-- The end of them, behind attempts and nacks.
Sessions.FRESH_REST = '0\31\0310\0310\0310'

-- Returns the line that a session without one stands for, and what parse_fresh returns; or nil. Its `later` is true if it
-- has to wait for its time.
function Sessions.fresh_line(content)
  local work = Sessions.parse_fresh(content)
  if not work then
    return nil
  end
  local created, not_before = match(work.times, '^(%d+)\31%d+\31(%d+)')
  work.later = not_before + 0 > created + 0
  return work.kept .. '\30' .. (work.later and 'LATER' or 'READY') .. '\31PENDING\31\0310\0310\31' .. created
    .. '\0310\0310\0310\0310\0310\0310\31\31\0310\0310\31\31\31\30' .. work.counts .. '\30', work
end

-- Returns a session as its enqueue left it, or nil; and the key and the member of its place.
function Sessions.fresh(id, content)
  local line, work = Sessions.fresh_line(content)
  if not line then
    return nil
  end
  local project, set_id = match(work.start, '^([^\31]+)\31(%d+)$')
  return Sessions.parse(id, line, content),
    work.later and 'later:' .. project or 'ready:' .. set_id .. ':' .. project,
    work.later and id or work.score .. '\31' .. id
end

-- Returns the content of a session up to its item, '' if there is none, or nil for damage.
function Sessions.read_head(id)
  local size = 512
  while true do
    local text = redis.pcall('GETRANGE', AREA .. 'p:' .. id, 0, size - 1)
    local stop = type(text) == 'string' and find(text, '\n', 1, true)
    if stop or text == '' then
      return sub(text, 1, stop or 0)
    elseif type(text) ~= 'string' or #text < size then
      return nil
    end
    size = size * 8
  end
end

-- Returns the key of the sessions of an issue identifier, and the begin of their members. The case of letters is ignored.
-- Redis keeps the sets packed, since they are small, and there are at most 16,384.
function Sessions.issue_index(identifier)
  local hash = redis.sha1hex(string.lower(identifier))
  return AREA .. 'x:' .. tonumber(sub(hash, 1, 4), 16) % 16384, sub(hash, 5, 6)
end

-- Returns the issue identifier of a content, '' for its id.
function Sessions.identifier_of(content)
  return match(content, '^%d+\31[^\31]*\31([^\31\n]*)') or ''
end

-- Reads a session that has no line, with `content` if it is given; or returns nil and the refusal.
function Sessions.read_fresh(id, content)
  content = content or Sessions.read_head(id)
  if not content or content == '' then
    return nil, call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) == 0 and 'UNKNOWN_SESSION' or 'DAMAGED'
  end
  local s, key, member = Sessions.fresh(id, content)
  -- In another place, or with a key of another type, its line is lost.
  if not s or type(redis.pcall('ZSCORE', AREA .. key, member)) ~= 'string'
    or call('EXISTS', AREA .. 's:' .. id) == 1 then
    return nil, 'DAMAGED'
  end
  s.fresh, s.whole = true, true
  return s
end

function Sessions.line(s)
  return s.project .. '\31' .. s.set .. s.repository .. '\31' .. s.score .. '\31' .. s.issue .. '\31' .. s.priority
    .. '\31' .. s.queued .. '\31' .. s.created .. '\31' .. s.created_seq .. '\31' .. s.not_before
    .. '\31' .. s.deadline .. '\31' .. s.names .. '\30' .. s.place .. '\31' .. s.state .. '\31' .. s.owner .. '\31'
    .. s.token .. '\31' .. s.accept_by .. '\31' .. s.updated .. '\31' .. s.claimed .. '\31'
    .. s.started .. '\31' .. s.ended .. '\31' .. s.release_by .. '\31' .. s.last_sign .. '\31'
    .. s.cost .. '\31' .. s.lost_by .. '\31' .. s.nacked_by .. '\31' .. s.return_until .. s.nackers
    .. '\31' .. s.stop_told .. '\31' .. s.dead .. '\31' .. s.tools .. '\31' .. s.attempt .. '\30'
    .. s.attempts .. '\31' .. s.nacks .. '\31' .. s.unacked .. '\31' .. s.stop .. '\31'
    .. s.has_fields .. '\31' .. s.told .. '\31' .. s.activities
    .. '\30' .. s.events
end

-- Returns a session, with its content if `whole`; or nil and the refusal. The whole of a session that is returned says
-- whether its content is there, at least up to its item.
function Sessions.read(id, whole)
  -- MGET answers nil for a key of another type too.
  local key = AREA .. 's:' .. id
  local pair = call('MGET', key, whole and AREA .. 'p:' .. id or key)
  local line, content = pair[1], pair[2]
  if not line then
    return Sessions.read_fresh(id, whole and content)
  end
  local s = Sessions.parse(id, line, content)
  if s then
    s.whole = whole
  end
  if s and whole and not content then
    if call('EXISTS', AREA .. 'p:' .. id) == 1 then
      return nil, 'DAMAGED'
    end
    -- The item is missing: the poll that meets it ends the session.
    s.content = Sessions.NO_CONTENT
  end
  return s, not s and 'DAMAGED' or nil
end

function Sessions.write(s)
  if s.place ~= s.known_place or s.state ~= s.known_state then
    Step.hint('C', s.id)
    s.known_place, s.known_state = s.place, s.state
  end
  s.line = Sessions.line(s)
  call('SET', AREA .. 's:' .. s.id, s.line)
end

-- Puts the title into a packed item: contents of layout 7 have no subject.
function Sessions.with_title(item, subject)
  local title = string.gsub(match(subject, '\28?([^\28\29]*)$'), '\226\128\166$', '')
  return (string.gsub(item, '%z', function()
    return title
  end))
end

-- Stores what the enqueue of a session sets, unless its item is false, and returns it. The session gets those of its
-- public names, the arguments from one index to another, that no session has.
function Sessions.keep_content(s, size, hash, identifier, capabilities, subject, item, args, from, to)
  local id, names = s.id, ''
  for i = from, to do
    local name = args[i]
    if Step.try(call, 'HSETNX', AREA .. 'n:' .. sub(name, 1, 4), sub(name, 5), id) == 1 then
      names = names == '' and name or names .. '\29' .. name
    end
  end
  s.names = names
  if not item then
    return nil
  end
  if org.layout - 7 <= 0 and sub(item, 1, 1) ~= '\1' then
    item = Sessions.with_title(item, subject)
  end
  local content = size .. '\31' .. hash .. '\31' .. identifier .. '\31' .. capabilities .. '\31' .. names .. '\31'
    .. s.project .. '\31' .. s.set .. s.repository .. '\31' .. s.score .. '\31' .. s.issue .. '\31' .. s.created .. '\31'
    .. s.created_seq .. '\31' .. s.not_before .. '\31' .. s.deadline
    .. (org.layout - 7 > 0 and '\31' .. subject or '') .. '\n' .. item
  call('SET', AREA .. 'p:' .. id, content)
  if identifier ~= '' and org.layout - 7 > 0 then
    local key, begin = Sessions.issue_index(identifier)
    Step.try(call, 'ZADD', key, '0', begin .. id)
  end
  return content
end

-- Adds an activity, and deletes the oldest beyond MAX_ACTIVITIES.
function Sessions.keep_activity(s, id, at, kind, body)
  s.activities = id
  local key, bytes = AREA .. 'a:' .. s.id, Rules.LINE_BYTES + 1 + #kind + #body
  local surplus = call('RPUSH', key, id .. '\31' .. at .. '\31' .. kind .. '\31' .. body) - Rules.MAX_ACTIVITIES
  for _, line in ipairs(surplus > 0 and call('LRANGE', key, 0, surplus - 1) or {}) do
    bytes = bytes - Rules.LINE_BYTES - #match(line, '^%d+\31%d+\31(.*)$')
  end
  if surplus > 0 then
    call('LTRIM', key, -Rules.MAX_ACTIVITIES, -1)
  end
  Step.count_bytes(bytes)
  call('HSET', AREA .. 'said', s.id, format('%d', (call('HGET', AREA .. 'said', s.id) or 0) + bytes))
end

function Sessions.waits(s)
  return s.place == 'READY' or s.place == 'PARKED' or s.place == 'RETURNED' or s.place == 'LATER'
end

function Sessions.over(s)
  return s.place == 'ENDED' or s.place == 'DEAD'
end

function Sessions.in_grace(s)
  return s.place == 'CLAIMED' and s.state == 'STOPPED'
end

-- Ends the wait for acceptance. A sweep may have put the claim into {org}:accepts (claim.lua).
function Sessions.settle_accept(s)
  if s.accept_by ~= '0' then
    if s.claimed + Rules.SHORTEST_ACCEPT_MS <= now then
      redis.pcall('ZREM', AREA .. 'accepts', s.id)
    end
    s.accept_by = '0'
  end
end

-- Merges the arguments from that index on (name, value, ...) into the fields of a session, and appends them to
-- `fields`.
function Sessions.merge_fields(s, fields, args, from)
  for i = from, #args, 1000 do
    call('HSET', AREA .. 'f:' .. s.id, unpack(args, i, math.min(i + 999, #args)))
  end
  for i = from, #args do
    fields[#fields + 1] = args[i]
  end
  s.has_fields = '1'
end

-- The fields of a session for session_reply. Call it before the first write.
function Sessions.fields_of(s)
  return s.has_fields == '1' and call('HGETALL', AREA .. 'f:' .. s.id) or {}
end

-- Returns a session as SessionReader expects it: id, line, content, position, fields (name, value, ...; the last
-- value of a name counts).
function Sessions.reply(s, fields, position)
  return { s.id, s.line, s.content, position, fields }
end

-- Returns the size of such an answer.
function Sessions.reply_bytes(reply)
  local bytes = #reply[2] + #reply[3]
  for _, text in ipairs(reply[5]) do
    bytes = bytes + #text
  end
  return bytes
end

-- Returns a page of up to PAGE_BYTES, or one entry, and the index of its last entry if more follow. Each `step`th of
-- `list` is an entry; `more`: others follow the list. `answer(entry, index)` returns a reply and, optionally, what stands
-- for it on the page. Entries without a reply, or damaged, are left out.
function Sessions.fill_page(list, step, more, answer)
  local page, bytes = {}, 0
  for i = 1, #list, step do
    local reply, shown
    Step.passes(function() reply, shown = answer(list[i], i) end)
    if reply then
      bytes = bytes + Sessions.reply_bytes(reply)
      if #page > 0 and bytes > Rules.PAGE_BYTES then
        return page, i - step
      end
      page[#page + 1] = shown or reply
    end
  end
  return page, more and #list - step + 1
end

-- Returns a session with its content up to the item, for answers that don't bring it; or nil and the refusal.
function Sessions.read_row(id)
  local s, refusal = Sessions.read(id)
  -- One without a line was read from its content.
  if not s or s.whole then
    return s, refusal
  end
  local head = Sessions.read_head(id)
  if not head then
    return nil, 'DAMAGED'
  end
  s.content, s.whole = head == '' and Sessions.NO_CONTENT or head, true
  return s
end
