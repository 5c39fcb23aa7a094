-- Adds sessions of another org (import.lua).

-- Index of the first public name among the arguments.
local FIRST_NAME = 21

-- Decides where a session belongs. Returns a plan for begin_wait or the claim, and the worker of a claim, if there is
-- one.
function Imports.decide_place(s, nackers)
  Queues.of(s.project)
  if s.place == 'LATER' then
    Step.expect('zset', AREA .. 'due')
    Step.expect('zset', AREA .. 'later:' .. s.project)
    return { later = true }
  elseif Sessions.over(s) then
    Step.expect('zset', AREA .. string.lower(s.place))
    Step.expect('zset', AREA .. 'dead:' .. s.project)
    return nil
  end
  -- Its place is known, and so are those of the others of its issue.
  local plan, w = Issues.decide(s, 'enter', Buckets.entry_of(s)), nil
  plan.other, plan.parked = nil, s.place == 'PARKED'
  if s.place == 'CLAIMED' then
    plan.what, w = 'claim', Workers.read(s.owner)
    Claims.check_slot(s, s.owner)
    Step.expect('zset', AREA .. 'accepts')
  else
    if plan.parked then
      Step.expect('zset', AREA .. 'parked:' .. s.project)
    else
      Buckets.check(string.lower(s.place), s)
    end
    if nackers[1] or s.deadline ~= '0' then
      Nackers.check_returns(nackers)
    end
  end
  return plan, w
end

-- Adds a claim to its lists.
function Imports.claim(s, w, plan)
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

-- Adds a session. `record`:
--  1 id  2 project  3 required capabilities  4 score  5 issue, '' for its own id  6 content hash
--         7 packed item  8 1 if there is an item, else 0  9 size  10 place  11 nackers
--         12 number of public names  13 number of timeline lines  14 number of fields' names and values
--         15 what a line has between issue and public names (lib/session.lua)  16 what it has from state to nacked by
--         17 from stop told to attempt  18 attempts US nacks  19 issue identifier, '' for its id  20 subject
--         21 ... names, lines, fields
function Imports.session(record)
  local id, place = record[1], record[10]
  local project, capabilities = record[2], record[3]
  local first_line = FIRST_NAME + record[12]
  local first_field = first_line + record[13]
  local set = Sets.decide(capabilities, project, true)
  local s = Sessions.parse(id, project .. '\31' .. set.id .. set.repository .. '\31' .. record[4] .. '\31' .. record[5]
    .. '\31' .. record[15] .. '\31\30' .. place .. '\31' .. record[16] .. '\31' .. '0' .. record[11] .. '\31' .. record[17] .. '\30'
    .. record[18] .. '\31' .. Sessions.FRESH_REST .. '\30')
  if not s then
    Step.damaged(AREA .. 's:' .. id)
  end
  local nackers = Nackers.of(s)
  local plan, w = Imports.decide_place(s, nackers)
  if record[14] ~= '0' then
    Step.expect('hash', AREA .. 'f:' .. id)
  end
  if record[13] ~= '0' then
    Step.expect('list', AREA .. 't:' .. id)
  end

  if place ~= 'ENDED' then
    Sets.use(set)
  end
  if Sessions.waits(s) then
    Nackers.begin_returns(s, nackers)
    Places.begin_wait(s, plan)
    Queues.of(project).hint = nil
  elseif place == 'CLAIMED' then
    Imports.claim(s, w, plan)
  else
    Endings.list(s)
  end
  for i = first_line, first_field - 1 do
    s.events = Timelines.add(id, s.events, record[i], find(record[i], '^%d+\31%d+\31LATE_RESULT\31'))
  end
  if record[14] ~= '0' then
    Sessions.merge_fields(s, {}, record, first_field)
  end
  local item = record[8] == '1' and record[7]
  local content = Sessions.keep_content(s, record[9], record[6], record[19], capabilities, record[20], item, record, FIRST_NAME,
    first_line - 1)
  -- A session without a line has no timeline beside it.
  if record[13] ~= '0' or not content or Sessions.fresh_line(content) ~= Sessions.line(s) then
    Sessions.write(s)
  end
  Step.count_bytes(record[9])
end

-- Adds sessions that are not there yet. `args` from `at` on: for each the number of its values, and those. Returns the id of
-- a damaged one, once those before it are added; raises if there is none.
function Imports.sessions(args, at)
  local added = false
  while args[at] do
    local length = tonumber(args[at])
    local record = { unpack(args, at + 1, at + length) }
    at = at + 1 + length
    local id = record[1]
    if call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) == 0 then
      if Step.passes(Imports.session, record) then
        added = true
      else
        return added and id or Step.damaged(AREA .. 's:' .. id)
      end
    end
  end
  return nil
end
