-- Renews the lease of a worker and stores what it reports. In the snake-case dialect, a count that covers its active
-- set accepts all its claims.
--
-- ARGV    2 worker  3 credential of the caller or ''  4 active count  5 capacity or ''  6 draining: 0, 1 or ''
--         7 quarantined sessions or ''  8 1 if projects are given, else 0  9 projects  10 projects it takes
-- Result  number of waiting items
-- Refuses UNKNOWN_WORKER

local w = known_worker(ARGV[2], ARGV[3])
if not w then
  return { org.seq, 'UNKNOWN_WORKER' }
end
local accepted, broken, save, settled = {}, {}, nil, nil
if w.dialect == 'SNAKE_CASE' and ARGV[4] - w.active >= 0 then
  -- INSERT
  save, settled = write_session, settle_accept
  for _, id in ipairs(active_set(w)) do
    local s = read_session(id)
    if not s then
      broken[#broken + 1] = id
    elseif s.place == 'CLAIMED' and s.owner == w.id then
      accepted[#accepted + 1] = s
    end
  end
end

local set = { 'active_count', ARGV[4] }

-- Quarantined sessions take slots.
local function set_slots()
  local known = call('HMGET', w.key, 'capacity', 'quarantined')
  local capacity = ARGV[5] ~= '' and ARGV[5] or known[1] or w.capacity
  local quarantined = ARGV[7] ~= '' and ARGV[7] or known[2] or '0'
  local slots = format('%d', math.max(0, capacity - quarantined))
  if slots - w.capacity > 0 then
    hint('S', w.id)
  end
  w.capacity = slots
  if quarantined ~= '0' then
    set[#set + 1], set[#set + 2], set[#set + 3], set[#set + 4] = 'capacity', capacity, 'quarantined', quarantined
  elseif known[2] then
    w.gone[1], w.gone[2] = 'capacity', 'quarantined'
  end
end

local function as_set(names)
  local found = {}
  for name in string.gmatch(names, '[^\30]+') do
    found[name] = true
  end
  return found
end

-- Registration.takesMore
local function takes_more(projects, others)
  if others == '' or projects == NO_PROJECTS then
    return false
  elseif projects == '' or others == NO_PROJECTS then
    return true
  end
  local before = as_set(others)
  for name in pairs(as_set(projects)) do
    if not before[name] then
      return true
    end
  end
  return false
end

local function set_projects()
  local before = call('HGET', w.key, 'projects') or damaged(w.key)
  if before == ARGV[9] then
    return
  elseif takes_more(ARGV[9], before) then
    hint('S', w.id)
  end
  local n, bytes = #set, #ARGV[9] - #before
  set[n + 1], set[n + 2], set[n + 3], set[n + 4] = 'projects', ARGV[9], 'takes', ARGV[10]
  set[n + 5], set[n + 6] = 'bytes', format('%d', math.max(0, (call('HGET', w.key, 'bytes') or 0) + bytes))
  count_bytes(bytes)
end

if ARGV[8] == '1' then
  set_projects()
end
sign_of_life(w)
if ARGV[5] ~= '' or ARGV[7] ~= '' then
  set_slots()
end
w.set = set
if ARGV[6] ~= '' then
  if w.draining == '1' and ARGV[6] == '0' then
    hint('S', w.id)
  end
  w.draining = ARGV[6]
end
for _, s in ipairs(accepted) do
  note_accept(w, s.claimed)
  if s.accept_by ~= '0' then
    settled(s)
    save(s)
  end
end
write_worker(w)
if #broken > 0 then
  -- INSERT
  note_damage(broken)
end
commit()
return { org.seq, 'OK', org.ready + org.parked + org.later + org.returned }
