-- Claims: who owns a session, and the slots of workers (workers.lua).
--
--   {org}:claimed  sorted set: claimed session -> when it was claimed; {org}:claimed:<project>: those of a project
--   {org}:accepts  sorted set: claimed session that was not accepted within the shortest accept time -> its accept
--                  deadline
--   {org}:graces   sorted set: stopped session that still holds its slot -> end of the grace
--
-- A call names its worker by id, by the credential of the caller ('' for none) and by a token (or 0). A blank and another
-- worker may follow the token: the call names that one, which its worker must have replaced.

-- Returns a new claim token: larger than all before, and derived from the time.
function Claims.next_token()
  local next, last = now * 1024, org.token + 0
  if last >= next then
    next = last + 1
  end
  org.token = format('%d', next)
  return org.token
end

-- Checks the types of what take_slot and leave_slot write.
function Claims.check_slot(s, worker_id)
  Step.expect('zset', AREA .. 'claimed')
  Step.expect('zset', AREA .. 'claimed:' .. s.project)
  if s.release_by ~= '0' then
    Step.expect('zset', AREA .. 'graces')
  end
  if s.unacked ~= '0' then
    Step.expect('zset', AREA .. 'mail:' .. worker_id)
  end
end

function Claims.list(s)
  call('ZADD', AREA .. 'claimed', s.claimed, s.id)
  call('ZADD', AREA .. 'claimed:' .. s.project, s.claimed, s.id)
end

function Claims.take_slot(w, s)
  local n = #w.set
  w.set[n + 1], w.set[n + 2] = 'a:' .. s.id, s.token
  w.active = format('%d', w.active + 1)
  Claims.list(s)
  if s.unacked ~= '0' then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    w.mail = '0'
    Step.hint('M', w.id)
  end
end

-- `w` is nil if the worker's record is gone; the deadlines of the session are removed anyway. `taker`: the worker that
-- the claim goes to, or nil.
function Claims.leave_slot(w, s, taker)
  call('ZREM', AREA .. 'claimed', s.id)
  call('ZREM', AREA .. 'claimed:' .. s.project, s.id)
  Sessions.settle_accept(s)
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
    Workers.hint_slot(w, taker)
  end
end

-- Waiting work becomes claimed. Decide by decide_leave(s, 'claim') and check_slot before. `accepted`: the claim is
-- accepted at once, and keeps the fields, the cost and the like of the claim that was lost.
function Claims.take(s, w, plan, accepted)
  Places.leave(s, plan)
  Queues.count(Queues.of(s.project), 'CLAIMED', 1)
  s.place, s.state, s.owner, s.token = 'CLAIMED', 'CLAIMED', w.id, Claims.next_token()
  s.claimed, s.updated, s.last_sign = NOW, NOW, NOW
  s.lost_by, s.nacked_by, s.stop_told = '', '', '0'
  if accepted then
    s.accept_by = '0'
    Workers.note_accept(w, NOW)
  else
    s.accept_by = format('%d', now + Rules.ACCEPT_MS[w.dialect])
    s.started, s.cost, s.tools, s.attempt = '0', '0', '', ''
    if s.has_fields == '1' then
      call('UNLINK', AREA .. 'f:' .. s.id)
      s.has_fields = '0'
    end
    Figures.count_session('c', 1, s, w)
  end
  Claims.take_slot(w, s)
end

-- True if a session of the same issue is claimed.
function Claims.issue_claimed(s)
  if s.issue == '' then
    return false
  end
  local _, first = Issues.lock_of(call, s.issue, s.project, '0')
  return first[2] == '-1'
end

-- True if the worker may re-attach this waiting session, not counting its record.
function Claims.lost_it(s, id, claim)
  return s.place ~= 'LATER' and Sessions.waits(s) and s.lost_by == id
    and (claim == '0' or claim == s.token) and not (s.place == 'PARKED' and Claims.issue_claimed(s))
end

-- Returns what a worker, which may be nil, is to a session: Ownership.owned, lost.
local function relation_of(s, id, w, token)
  if Sessions.waits(s) then
    local from = s.lost_by
    if not w or from == '' or not Claims.lost_it(s, from, token) then
      return 'NONE'
    end
    return from == id and 'LOST' or Workers.has_replaced(w, from) and 'SUCCESSOR' or 'NONE'
  elseif token ~= '0' and token ~= s.token then
    return 'NONE'
  elseif s.owner == id then
    return s.place == 'CLAIMED' and 'OWNER' or 'LAST'
  elseif not w or s.owner == '' or Sessions.in_grace(s) or not Workers.has_replaced(w, s.owner) then
    return 'NONE'
  end
  return s.place == 'CLAIMED' and 'SUCCESSOR' or 'LAST'
end

-- Returns what a worker is to a session: OWNER; LOST: it may re-attach; SUCCESSOR: it has replaced the worker that owns
-- or has lost the session; LAST: it, or one that it has replaced, owned the session at its end; NONE. And its record, or
-- nil. And true if the caller may act for it. A worker in the middle of a row of successors is OWNER, and its record is
-- that of the owner.
function Claims.relation(s, id, registered_by, claim)
  local w = Workers.read(id)
  local token, named = match(claim, '^(%d+) ?(.*)$')
  if named ~= '' and not (w and Workers.has_replaced(w, named)) then
    s.misnamed = named
    return 'NONE', w, false
  elseif w and not Workers.may_act_for(w, registered_by) or not w and registered_by ~= '' then
    return 'NONE', w, false
  end
  local as = relation_of(s, id, w, token)
  if as == 'NONE' and s.place == 'CLAIMED' and (token == '0' or token == s.token) and Workers.stands_in(id, w, s.owner) then
    return 'OWNER', Workers.read(s.owner), true
  end
  return as, w, true
end

-- The answer to a call whose relation is NONE.
function Claims.not_owner(s)
  if s.misnamed then
    return { org.seq, 'NOT_REPLACED', s.misnamed }
  end
  return { org.seq, 'NOT_OWNER', Sessions.waits(s) and '' or s.owner }
end

function Claims.accept(s, w)
  s.last_sign = NOW
  Sessions.settle_accept(s)
  if w then
    Workers.note_accept(w, s.claimed)
  end
end

-- Decides to re-attach a lost claim, or to take over that of a replaced worker. Returns a function that applies it; nil
-- for another relation.
function Claims.decide_reattach(s, as, w)
  if as ~= 'LOST' and as ~= 'SUCCESSOR' then
    return nil
  end
  local claimed = s.place == 'CLAIMED'
  local from = claimed and s.owner or s.lost_by
  local old, plan
  if claimed then
    old = Workers.read(from)
    Claims.check_slot(s, from)
  else
    plan = Places.decide_leave(s, 'claim')
  end
  Claims.check_slot(s, w.id)
  return function()
    if claimed then
      Claims.hand_over(s, old, w)
    else
      Claims.take(s, w, plan, true)
    end
    if as == 'LOST' then
      Timelines.event(s, 'REATTACHED', w.id)
    else
      Timelines.event(s, 'TRANSFERRED', w.id, from)
    end
  end
end

-- Gives a claim of another worker, which may be nil, to a worker, accepted.
function Claims.hand_over(s, old, w)
  Claims.leave_slot(old, s, w.id)
  s.owner, s.token = w.id, Claims.next_token()
  s.claimed, s.updated, s.last_sign = NOW, NOW, NOW
  Workers.note_accept(w, NOW)
  Claims.take_slot(w, s)
  if old then
    Workers.write(old)
  end
end

-- The first effect of a call of an owner: a sign of life that accepts the claim, re-attaches it or takes it over.
function Claims.act(s, as, w, reattach)
  if w then
    Workers.sign_of_life(w)
  end
  if reattach then
    reattach()
  elseif as == 'OWNER' then
    Claims.accept(s, w)
  elseif w and s.state == 'STOPPED' then
    s.last_sign = NOW
    Sessions.write(s)
  end
end

-- Writes the changes of a call of an owner. `writes`: the session has changed.
function Claims.commit(s, w, writes)
  if writes then
    Sessions.write(s)
  end
  if w then
    Workers.write(w)
  end
  if w or writes then
    Step.commit()
  end
end
