-- Claims a session by name.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''
-- Result  reason of the denial or '', session
-- Refuses UNKNOWN_SESSION, DAMAGED, UNKNOWN_WORKER (its id)

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local w = known_worker(ARGV[3], ARGV[4])
if not w then
  return { org.seq, 'UNKNOWN_WORKER', ARGV[3] }
end

local function takes_project()
  local takes = call('HGET', w.key, 'takes') or damaged(w.key)
  return takes == '' or find('\30' .. takes .. '\30', '\30' .. s.project .. '\30', 1, true)
end

local function capabilities()
  return call('HGET', w.key, 'capabilities') or damaged(w.key)
end

local function has_capabilities()
  return find(' ' .. sets_within(capabilities()) .. ' ', ' ' .. s.set .. ' ', 1, true)
end

local function available()
  expect('zset', AREA .. 'returns:' .. w.id)
  local _, nacked = own_returns(w.id)
  return may_take(w.draining, w.drained, w.retired, w.quarantined) and nacked < MAX_RETURNS
end

local function denial()
  if over(s) or in_grace(s) then
    return 'ENDED'
  elseif s.place == 'CLAIMED' then
    return s.owner == w.id and '' or 'CLAIMED'
  elseif s.place == 'LATER' or s.place == 'PARKED' then
    return s.place
  elseif kept_from(s, w.id) then
    return 'NACKED'
  elseif not takes_project() then
    return 'PROJECT'
  elseif not has_capabilities() then
    return 'CAPABILITY'
  elseif s.repository ~= '' and not takes_repository(capabilities(), sub(s.repository, 2)) then
    return 'REPOSITORY'
  elseif not project_of(s.project).open then
    return 'CLOSED'
  elseif not available() then
    return 'UNAVAILABLE'
  elseif w.active - w.capacity >= 0 then
    return 'FULL'
  end
  return nil
end

local why = denial()
local fields = fields_of(s)
local plan
if not why then
  check_slot(s, w.id)
  plan = decide_leave(s, 'claim')
end

sign_of_life(w)
if plan then
  take(s, w, plan, false)
  event(s, 'CLAIMED', w.id)
  fields = {}
  write_session(s)
end
write_worker(w)
commit()
return { org.seq, 'OK', why or '', session_reply(s, fields, waits(s) and position_of(s) or 0) }
