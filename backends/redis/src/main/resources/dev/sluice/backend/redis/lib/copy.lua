-- Adds sessions of another org (import.lua).

-- Index of the first public name among the arguments.
local FIRST_NAME = 24

-- Decides where a session belongs. Returns a plan for begin_wait or the claim, and the worker of a claim, if there is
-- one.
local function decide_place(s, nackers)
  project_of(s.project)
  if s.place == 'LATER' then
    expect('zset', AREA .. 'due')
    expect('zset', AREA .. 'later:' .. s.project)
    return { later = true }
  elseif over(s) then
    expect('zset', AREA .. string.lower(s.place))
    expect('zset', AREA .. 'dead:' .. s.project)
    return nil
  end
  -- Its place is known, and so are those of the others of its issue.
  local plan, w = decide_issue(s, 'enter', entry_of(s)), nil
  plan.other, plan.parked = nil, s.place == 'PARKED'
  if s.place == 'CLAIMED' then
    plan.what, w = 'claim', read_worker(s.owner)
    check_slot(s, s.owner)
    expect('zset', AREA .. 'accepts')
  else
    if plan.parked then
      expect('zset', AREA .. 'parked:' .. s.project)
    else
      check_bucket(string.lower(s.place), s)
    end
    if nackers[1] or s.deadline ~= '0' then
      check_returns(nackers)
    end
  end
  return plan, w
end

-- Adds a claim to its lists.
local function import_claim(s, w, plan)
  apply_issue(s, plan)
  if w then
    take_slot(w, s)
    write_worker(w)
  else
    list_claim(s)
  end
  count(project_of(s.project), 'CLAIMED', 1)
  -- A sweep looks at each claim once, and may have passed this one.
  if s.accept_by ~= '0' and s.claimed + SHORTEST_ACCEPT_MS <= now then
    call('ZADD', AREA .. 'accepts', s.accept_by, s.id)
  end
  if s.release_by ~= '0' then
    call('ZADD', AREA .. 'graces', s.release_by, s.id)
  end
end

-- ARGV    4 id  5 project  6 required capabilities  7 score  8 issue, '' for its own id  9 content hash
--         10 packed item  11 1 if there is an item, else 0  12 size  13 place  14 nackers
--         15 number of public names  16 number of timeline lines  17 number of fields' names and values
--         18 what a line has between issue and public names (lib/session.lua)  19 what it has from state to nacked by
--         20 from stop told to attempt  21 attempts US nacks  22 issue identifier, '' for its id  23 subject
--         24 ... names, lines, fields
local function import_session()
  local id, place = ARGV[4], ARGV[13]
  local project, capabilities = ARGV[5], ARGV[6]
  local first_line = FIRST_NAME + ARGV[15]
  local first_field = first_line + ARGV[16]
  local set = decide_set(capabilities, project, true)
  local s = parse_session(id, project .. '\31' .. set.id .. set.repository .. '\31' .. ARGV[7] .. '\31' .. ARGV[8]
    .. '\31' .. ARGV[18] .. '\31\30' .. place .. '\31' .. ARGV[19] .. '\31' .. '0' .. ARGV[14] .. '\31' .. ARGV[20] .. '\30'
    .. ARGV[21] .. '\31' .. FRESH_REST .. '\30')
  if not s then
    damaged(AREA .. 's:' .. id)
  end
  local nackers = nackers_of(s)
  local plan, w = decide_place(s, nackers)
  if ARGV[17] ~= '0' then
    expect('hash', AREA .. 'f:' .. id)
  end
  if ARGV[16] ~= '0' then
    expect('list', AREA .. 't:' .. id)
  end

  if place ~= 'ENDED' then
    use_set(set)
  end
  if waits(s) then
    begin_returns(s, nackers)
    begin_wait(s, plan)
    project_of(project).hint = nil
  elseif place == 'CLAIMED' then
    import_claim(s, w, plan)
  else
    list_end(s)
  end
  for i = first_line, first_field - 1 do
    s.events = add_event(id, s.events, ARGV[i], find(ARGV[i], '^%d+\31%d+\31LATE_RESULT\31'))
  end
  if ARGV[17] ~= '0' then
    merge_fields(s, {}, first_field)
  end
  local item = ARGV[11] == '1' and ARGV[10]
  local content = keep_content(s, ARGV[12], ARGV[9], ARGV[22], capabilities, ARGV[23], item, FIRST_NAME,
    first_line - 1)
  -- A session without a line has no timeline beside it.
  if ARGV[16] ~= '0' or not content or fresh_line(content) ~= session_line(s) then
    write_session(s)
  end
  count_bytes(ARGV[12])
end

-- Adds sessions that are not there yet. Returns the id of a damaged one, once those before it are added; raises if
-- there is none.
local function import_sessions()
  local all, at, added = {}, 1, false
  for i = 4, #ARGV do
    all[i - 3] = ARGV[i]
  end
  while all[at] do
    local length = tonumber(all[at])
    for i = 1, math.max(length, #ARGV - 3) do
      ARGV[3 + i] = i <= length and all[at + i] or nil
    end
    at = at + 1 + length
    local id = ARGV[4]
    if call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) == 0 then
      if passes(import_session) then
        added = true
      else
        return added and id or damaged(AREA .. 's:' .. id)
      end
    end
  end
  return nil
end
