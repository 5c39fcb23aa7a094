-- Claims: who owns a session, and the slots of workers (worker.lua).
--
--   {org}:claimed  sorted set: claimed session -> when it was claimed; {org}:claimed:<project>: those of a project
--   {org}:accepts  sorted set: claimed session that was not accepted within the shortest accept time -> its accept
--                  deadline
--   {org}:graces   sorted set: stopped session that still holds its slot -> end of the grace
--
-- A call names its worker by id, by the credential of the caller ('' for none) and by a token (or 0).

-- Returns a new claim token: larger than all before, and derived from the time.
local function next_token()
  local next, last = now * 1024, org.token + 0
  if last >= next then
    next = last + 1
  end
  org.token = format('%d', next)
  return org.token
end

-- Checks the types of what take_slot and leave_slot write.
local function check_slot(s, worker_id)
  expect('zset', AREA .. 'claimed')
  expect('zset', AREA .. 'claimed:' .. s.project)
  if s.release_by ~= '0' then
    expect('zset', AREA .. 'graces')
  end
  if s.unacked ~= '0' then
    expect('zset', AREA .. 'mail:' .. worker_id)
  end
end

local function list_claim(s)
  call('ZADD', AREA .. 'claimed', s.claimed, s.id)
  call('ZADD', AREA .. 'claimed:' .. s.project, s.claimed, s.id)
end

local function take_slot(w, s)
  local n = #w.set
  w.set[n + 1], w.set[n + 2] = 'a:' .. s.id, s.token
  w.active = format('%d', w.active + 1)
  list_claim(s)
  if s.unacked ~= '0' then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    w.mail = '0'
    hint('M', w.id)
  end
end

-- `w` is nil if the worker's record is gone; the deadlines of the session are removed anyway.
local function leave_slot(w, s)
  call('ZREM', AREA .. 'claimed', s.id)
  call('ZREM', AREA .. 'claimed:' .. s.project, s.id)
  settle_accept(s)
  if s.release_by ~= '0' then
    call('ZREM', AREA .. 'graces', s.id)
    s.release_by = '0'
  end
  if w then
    w.active = format('%d', w.active - 1)
    w.gone[#w.gone + 1] = 'a:' .. s.id
    if s.unacked ~= '0' then
      call('ZREM', AREA .. 'mail:' .. w.id, s.id)
    end
    hint('S', w.id)
  end
end

-- Waiting work becomes claimed. Decide by decide_leave(s, 'claim') and check_slot before. `accepted`: the claim is
-- accepted at once, and keeps the fields, the cost and the like of the claim that was lost.
local function take(s, w, plan, accepted)
  leave(s, plan)
  count(project_of(s.project), 'CLAIMED', 1)
  s.place, s.state, s.owner, s.token = 'CLAIMED', 'CLAIMED', w.id, next_token()
  s.claimed, s.updated, s.last_sign = NOW, NOW, NOW
  s.lost_by, s.nacked_by, s.stop_told = '', '', '0'
  if accepted then
    s.accept_by = '0'
    note_accept(w, NOW)
  else
    s.accept_by = format('%d', now + ACCEPT_MS[w.dialect])
    s.started, s.cost, s.tools, s.attempt = '0', '0', '', ''
    if s.has_fields == '1' then
      call('UNLINK', AREA .. 'f:' .. s.id)
      s.has_fields = '0'
    end
    -- INSERT
    count_of('c', 1, s, w)
  end
  take_slot(w, s)
end

-- True if a session of the same issue is claimed.
local function issue_claimed(s)
  if s.issue == '' then
    return false
  end
  local _, first = lock_of(call, s.issue, s.project, '0')
  return first[2] == '-1'
end

-- True if the worker may re-attach this waiting session, not counting its record.
local function lost_it(s, id, claim)
  return s.place ~= 'LATER' and waits(s) and s.lost_by == id
    and (claim == '0' or claim == s.token) and not (s.place == 'PARKED' and issue_claimed(s))
end

-- Returns what a worker is to a session: OWNER; LOST: it may re-attach; LAST: it owned the session at its end; NONE.
-- And its record, or nil. And true if the
-- caller may act for it.
local function relation(s, id, registered_by, claim)
  local w = read_worker(id)
  if w and not may_act_for(w, registered_by) or not w and registered_by ~= '' then
    return 'NONE', w, false
  end
  if waits(s) then
    -- INSERT
    if w and lost_it(s, id, claim) then
      return 'LOST', w, true
    end
  elseif s.owner == id and (claim == '0' or claim == s.token) then
    return s.place == 'CLAIMED' and 'OWNER' or 'LAST', w, true
  end
  return 'NONE', w, true
end

local function not_owner(s)
  return { org.seq, 'NOT_OWNER', waits(s) and '' or s.owner }
end

local function accept(s, w)
  s.last_sign = NOW
  settle_accept(s)
  if w then
    note_accept(w, s.claimed)
  end
end

-- Decides to re-attach a lost claim. Returns a function that applies it.
local function decide_reattach(s, w)
  check_slot(s, w.id)
  local plan = decide_leave(s, 'claim')
  return function()
    take(s, w, plan, true)
    event(s, 'REATTACHED', w.id)
  end
end

-- Gives a claim of another worker, which may be nil, to a worker, accepted.
local function hand_over(s, old, w)
  leave_slot(old, s)
  s.owner, s.token = w.id, next_token()
  s.claimed, s.updated, s.last_sign = NOW, NOW, NOW
  note_accept(w, NOW)
  take_slot(w, s)
  if old then
    write_worker(old)
  end
end

-- The first effect of a call of an owner: a sign of life that accepts the claim, or re-attaches it.
local function act(s, as, w, reattach)
  if w then
    sign_of_life(w)
  end
  if reattach then
    reattach()
  elseif as == 'OWNER' then
    accept(s, w)
  elseif w and s.state == 'STOPPED' then
    s.last_sign = NOW
    write_session(s)
  end
end

-- Writes the changes of a call of an owner. `writes`: the session has changed.
local function commit_act(s, w, writes)
  if writes then
    write_session(s)
  end
  if w then
    write_worker(w)
  end
  if w or writes then
    commit()
  end
end
