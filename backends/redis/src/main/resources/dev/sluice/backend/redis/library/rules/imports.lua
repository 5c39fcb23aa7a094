-- Adds sessions of another org (functions/import.lua).
--
-- A record of a session is a list:
--   1 id  2 project  3 required capabilities  4 score  5 issue, '' for its own id  6 content hash  7 packed item
--   8 1 if there is an item, else 0  9 size  10 place  11 nackers  12 number of public names
--   13 number of timeline lines  14 number of fields' names and values
--   15 what a line has between issue and public names (rules/sessions.lua)  16 what it has from state to nacked by
--   17 from stop told to attempt  18 attempts US nacks  19 issue identifier, '' for its id  20 subject
--   21 ... names, lines, fields

-- Index of the first public name in a record.
local FIRST_NAME = 21

-- Decides where a session belongs. Returns a plan for begin_wait or the claim, and the worker of a claim, if there is
-- one.
local function decide_place(s, nackers)
  Queues.of(s.project)
  if s.place == 'LATER' then
    Pages.check('due', 'later:' .. s.project)
    return { later = true }
  elseif Sessions.over(s) then
    Pages.check(string.lower(s.place), 'dead:' .. s.project)
    return nil
  end
  -- The record says its place. The other sessions of its issue come with theirs, so none of them moves.
  local plan = Issues.decide(s, 'enter', Buckets.entry_of(s))
  plan.other, plan.parked = nil, s.place == 'PARKED'
  if s.place == 'CLAIMED' then
    plan.what = 'claim'
    Claims.check_slot(s, s.owner)
    Pages.check('accepts')
    return plan, Workers.read(s.owner)
  elseif plan.parked then
    Pages.check('parked:' .. s.project)
  else
    Buckets.check(string.lower(s.place), s)
  end
  if nackers[1] or s.deadline ~= '0' then
    Nackers.check_returns(nackers)
  end
  return plan
end

-- Adds a claim to its lists.
local function claim(s, w, plan)
  Issues.apply(s, plan)
  if w then
    Claims.take_slot(w, s)
    Workers.write(w)
  else
    Claims.list(s)
  end
  Queues.count(Queues.of(s.project), 'CLAIMED', 1)
  -- A sweep looks at each claim once, and may have passed this one.
  if s.accept_by ~= '0' and s.claimed + Rules.SHORTEST_ACCEPT_MS <= now then
    call('ZADD', AREA .. 'accepts', s.accept_by, s.id)
  end
  if s.release_by ~= '0' then
    call('ZADD', AREA .. 'graces', s.release_by, s.id)
  end
end

-- Puts a session into its place.
local function place(s, plan, w, nackers)
  if Sessions.waits(s) then
    Nackers.begin_returns(s, nackers)
    Places.begin_wait(s, plan)
    Queues.of(s.project).hint = nil
  elseif s.place == 'CLAIMED' then
    claim(s, w, plan)
  else
    Endings.list(s)
  end
end

-- Returns the session of a record. `set`: the plan of its capability set.
local function session_of(record, set)
  local id, project, _, score, issue = unpack(record, 1, 5)
  local s = Sessions.parse(id, project .. '\31' .. set.id .. set.repository .. '\31' .. score .. '\31' .. issue .. '\31'
    .. record[15] .. '\31\30' .. record[10] .. '\31' .. record[16] .. '\0310' .. record[11] .. '\31' .. record[17] .. '\30'
    .. record[18] .. '\31' .. Sessions.FRESH_REST .. '\30')
  return s or Step.damaged(AREA .. 's:' .. id)
end

-- Adds a session.
local function add_session(record)
  local id, capabilities, bytes = record[1], record[3], record[9]
  local first_line = FIRST_NAME + record[12]
  local first_field = first_line + record[13]
  local has_lines, has_fields = record[13] ~= '0', record[14] ~= '0'
  local set = Sets.decide(capabilities, record[2], true)
  local s = session_of(record, set)
  local nackers = Nackers.of(s)
  local plan, w = decide_place(s, nackers)
  if has_fields then
    Step.expect('hash', AREA .. 'f:' .. id)
  end
  if has_lines then
    Step.expect('list', AREA .. 't:' .. id)
  end

  if s.place ~= 'ENDED' then
    Sets.use(set)
  end
  place(s, plan, w, nackers)
  for i = first_line, first_field - 1 do
    s.events = Timelines.add(id, s.events, record[i], find(record[i], '^%d+\31%d+\31LATE_RESULT\31'))
  end
  if has_fields then
    Sessions.merge_fields(s, {}, record, first_field)
  end
  local item = record[8] == '1' and record[7]
  local content = Sessions.keep_content(s, bytes, record[6], record[19], capabilities, record[20], item, record,
    FIRST_NAME, first_line - 1)
  -- A session without a line has no timeline beside it.
  if has_lines or not content or Sessions.fresh_line(content) ~= Sessions.line(s) then
    Sessions.write(s)
  end
  Step.count_bytes(bytes)
end

-- Adds sessions that are not there yet. `args` from `at` on: for each the number of its values, and those. Returns the
-- id of a damaged one, once those before it are added; refuses if there are none before it.
function Imports.sessions(args, at)
  local added = false
  while args[at] do
    local length = tonumber(args[at])
    local record = { unpack(args, at + 1, at + length) }
    local id = record[1]
    at = at + 1 + length
    if call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) == 0 then
      if not Step.passes(add_session, record) then
        return added and id or Step.damaged(AREA .. 's:' .. id)
      end
      added = true
    end
  end
  return nil
end
