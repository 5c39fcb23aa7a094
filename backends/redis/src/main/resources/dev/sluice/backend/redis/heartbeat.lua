-- Renews the lease of a worker and stores what it reports. In the snake-case dialect, a count that covers its active
-- set accepts all its claims. Two heartbeats that count too few sessions return the claims that it did not accept.
--
-- ARGV    2 worker  3 credential of the caller or ''  4 active count  5 capacity or ''  6 draining: 0, 1 or ''
--         7 quarantined sessions or ''  8 1 if projects are given, else 0  9 projects  10 projects it takes
--         11 1 if the worker counted its sessions for it, else 0  12 1 if it lists them, else 0
--         13 1 if repositories are given, else 0  14 repositories, as among capabilities  15 ... ids of listed sessions,
--         and the call
-- Result  number of waiting items, a verdict on each listed session: K to keep, A to adopt, R to reap it
-- Refuses UNKNOWN_WORKER

local w = known_worker(ARGV[2], ARGV[3])
if not w then
  return { org.seq, 'UNKNOWN_WORKER' }
end
local known = call('HMGET', w.key, 'capacity', 'quarantined', 'short')
local lists = ARGV[12] == '1'
if known[3] or lists then
  -- INSERT
  -- Other heartbeats may be carried out twice.
  local first = answered_call(call('HGET', w.key, 'call'))
  if first then
    return first
  end
end
local verdicts = ''
local counted, active = ARGV[11] == '1' and not lists, ARGV[4] - w.active
local broken, short, settle_claims = {}, nil, nil
if w.active ~= '0' and (active >= 0 and w.dialect == 'SNAKE_CASE' or active < 0 and counted) then
  -- INSERT
  local claims, awaiting = {}, {}
  for _, id in ipairs(active_set(w)) do
    local s = read_session(id)
    if not s then
      broken[#broken + 1] = id
    elseif s.place == 'CLAIMED' and s.owner == w.id then
      claims[#claims + 1] = s
      awaiting[#awaiting + 1] = s.accept_by ~= '0' and s or nil
    end
  end
  local accepted = #claims - #awaiting
  if active >= 0 then
    settle_claims = function()
      for _, s in ipairs(claims) do
        note_accept(w, s.claimed)
        if s.accept_by ~= '0' then
          settle_accept(s)
          write_session(s)
        end
      end
    end
  elseif awaiting[1] and ARGV[4] - accepted <= 0 then
    -- HeldSessions.count
    short = NOW .. ' ' .. accepted
    local since, before = match(known[3] or '', '^(%d+) (%-?%d+)$')
    if since and before + 0 == accepted then
      local lost = {}
      for _, s in ipairs(awaiting) do
        if s.claimed - since < 0 and passes(decide_return, s, 'lost') then
          lost[#lost + 1] = s.id
        end
      end
      if #lost == #awaiting then
        short = nil
      end
      table.sort(lost, bytes_before)
      local excused, heard = read_excuses()
      local detail = '2 heartbeats counted ' .. ARGV[4] .. ' of ' .. w.active .. ' sessions'
      settle_claims = function()
        for _, id in ipairs(lost) do
          lose_accept(read_session(id), w, excused, heard, detail)
        end
      end
    end
  end
end

local set = { 'active_count', ARGV[4] }
local function add(...)
  for _, value in ipairs({ ... }) do
    set[#set + 1] = value
  end
end
-- True if a list of names, empty for all, has one that another list lacks.
local function more(names, others)
  if others == '' or names == '' then
    return others ~= ''
  end
  local known = {}
  for name in string.gmatch(others, '[^\30]+') do
    known[name] = true
  end
  for name in string.gmatch(names, '[^\30]+') do
    if not known[name] then
      return true
    end
  end
  return false
end
local more_bytes = 0
if ARGV[8] == '1' then
  local before = call('HGET', w.key, 'projects') or damaged(w.key)
  if before ~= ARGV[9] then
    -- Registration.takesMore
    if ARGV[9] ~= NO_PROJECTS and (before == NO_PROJECTS or more(ARGV[9], before)) then
      hint('S', w.id)
    end
    more_bytes = #ARGV[9] - #before
    add('projects', ARGV[9], 'takes', ARGV[10])
  end
end
if ARGV[13] == '1' then
  local before = call('HGET', w.key, 'capabilities') or damaged(w.key)
  -- Repositories.replaced, takeMore
  local kept, had = {}, {}
  for name in string.gmatch(before, '[^\30]+') do
    local list = sub(name, 1, 1) == '\127' and had or kept
    list[#list + 1] = name
  end
  kept[#kept + 1] = ARGV[14] ~= '' and ARGV[14] or nil
  local after = table.concat(kept, '\30')
  if before ~= after then
    if more(ARGV[14], table.concat(had, '\30')) then
      hint('S', w.id)
    end
    more_bytes = more_bytes + #after - #before
    add('capabilities', after)
  end
end
if more_bytes ~= 0 then
  count_bytes(more_bytes)
  add('bytes', format('%d', math.max(0, (call('HGET', w.key, 'bytes') or 0) + more_bytes)))
end

sign_of_life(w)
if ARGV[5] ~= '' or ARGV[7] ~= '' then
  local capacity = ARGV[5] ~= '' and ARGV[5] or known[1] or w.capacity
  local quarantined = ARGV[7] ~= '' and ARGV[7] or known[2] or '0'
  local slots = format('%d', math.max(0, capacity - quarantined))
  if slots - w.capacity > 0 then
    hint('S', w.id)
  end
  w.capacity = slots
  if quarantined ~= '0' then
    local n = #set
    set[n + 1], set[n + 2], set[n + 3], set[n + 4] = 'capacity', capacity, 'quarantined', quarantined
  elseif known[2] then
    w.gone = { 'capacity', 'quarantined' }
  end
end
if short then
  local n = #set
  set[n + 1], set[n + 2] = 'short', short
elseif known[3] and counted then
  w.gone[#w.gone + 1] = 'short'
end
w.set = set
if ARGV[6] ~= '' then
  if w.draining ~= ARGV[6] then
    hint('S', w.id)
  end
  w.draining = ARGV[6]
end
if settle_claims then
  settle_claims()
end
if lists then
  -- INSERT
  -- HeldSessions.settle
  local mine, listed = {}, {}
  for _, id in ipairs(active_set(w)) do
    mine[id] = true
  end
  local about = call('HMGET', w.key, 'before', 'machine', 'unlisted')
  local machine = about[2]
  local function names(list, id)
    return find('\30' .. (list or '') .. '\30', '\30' .. id .. '\30', 1, true)
  end
  -- Returns a retired worker of the same machine and credential, or nil.
  local function replaced(id)
    local old = machine and read_worker(id)
    return old and old.retired == '1' and call('HGET', old.key, 'machine') == machine and old or nil
  end
  local function verdict(id)
    local s, refusal = read_session(id)
    if not s then
      return refusal == 'DAMAGED' and mine[id] and 'K' or 'R'
    elseif s.place == 'CLAIMED' and s.owner == w.id and not in_grace(s) then
      if s.accept_by ~= '0' then
        settle_accept(s)
        note_accept(w, s.claimed)
        write_session(s)
      end
      return 'K'
    elseif s.place == 'CLAIMED' and not in_grace(s) then
      local old = replaced(s.owner)
      if not old then
        return 'R'
      end
      check_slot(s, old.id)
      check_slot(s, w.id)
      hand_over(s, old, w)
      event(s, 'TRANSFERRED', w.id, old.id)
    elseif s.lost_by ~= '' and lost_it(s, s.lost_by, '0')
      and (s.lost_by == w.id or names(about[1], s.lost_by) or replaced(s.lost_by)) then
      local from = s.lost_by
      check_slot(s, w.id)
      take(s, w, decide_leave(s, 'claim'), true)
      if from == w.id then
        event(s, 'REATTACHED', w.id)
      else
        event(s, 'TRANSFERRED', w.id, from)
      end
    else
      return 'R'
    end
    write_session(s)
    return 'A'
  end
  local unknown = {}
  for i = 15, #ARGV - 1 do
    local id, found = ARGV[i], 'R'
    listed[id] = true
    if not passes(function() found = verdict(id) end) then
      found = mine[id] and 'K' or 'R'
    end
    verdicts = verdicts .. found
    if found == 'R' and #unknown < MAX_UNKNOWN and not mine[id] then
      unknown[#unknown + 1] = id
    end
  end
  local missing, unlisted, not_held, lost = {}, {}, {}, {}
  for id in pairs(mine) do
    missing[#missing + 1] = not listed[id] and id or nil
  end
  table.sort(missing, bytes_before)
  local since = match(known[3] or '0', '^%d+')
  for _, id in ipairs(missing) do
    local again = names(about[3], id)
    local s = again and read_session(id)
    if s and s.accept_by ~= '0' and s.claimed - since < 0 and passes(decide_return, s, 'lost') then
      lost[#lost + 1] = id
    elseif #unlisted < MAX_HELD then
      unlisted[#unlisted + 1] = id
      not_held[#not_held + 1] = again and id or nil
    end
  end
  if lost[1] then
    local excused, heard = read_excuses()
    for _, id in ipairs(lost) do
      lose_accept(read_session(id), w, excused, heard, '2 heartbeats did not list it')
    end
  end
  local function note(field, value)
    if value ~= '' then
      local n = #w.set
      w.set[n + 1], w.set[n + 2] = field, value
    else
      w.gone[#w.gone + 1] = field
    end
  end
  note('unlisted', table.concat(unlisted, '\30'))
  note('not_held', table.concat(not_held, '\30'))
  note('unknown_held', table.concat(unknown, '\30'))
  note('short', unlisted[1] and NOW .. ' -1' or '')
end
local waiting = org.ready + org.parked + org.later + org.returned
if short or lists then
  -- INSERT
  local n = #w.set
  w.set[n + 1], w.set[n + 2] = 'call', remembered_call({ format('%d', org.seq + 1), 'OK', waiting, verdicts })
end
write_worker(w)
if #broken > 0 then
  -- INSERT
  note_damage(broken)
end
commit()
return { org.seq, 'OK', waiting, verdicts }
