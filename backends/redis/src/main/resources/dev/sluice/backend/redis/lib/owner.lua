-- Who owns a session: docs/rules.md. A call names its worker (the holder) by id, by the credential
-- its caller is bound to (or empty), and by a token (or 0).

-- Whether a session of its issue is claimed: lib/issue.lua has the layout.
local function issue_claimed(s)
  local first = s.issue ~= '' and call('ZRANGE', AREA .. 'i:' .. s.issue, 0, 0, 'WITHSCORES')
  return first and first[2] == '-1'
end

-- Whether the worker could re-attach a waiting session, but for its record.
local function lost_it(s, id, claim)
  return (s.place == 'READY' or s.place == 'PARKED') and s.lost_by == id
    and (claim == '0' or claim == s.token) and not (s.place == 'PARKED' and issue_claimed(s))
end

-- What the holder is to the session: OWNER; LOST, it may re-attach; LAST, it owned the session at
-- its end; NONE. And its record, or nil. And whether it has one that the caller may act for.
local function relation(s, id, registered_by, claim)
  local w = read_worker(id)
  local may = not w and registered_by == ''
    or w and (registered_by == '' or w.registered_by == registered_by) and not revoked(w)
  if not may then
    return 'NONE', w, false
  end
  if waits(s) then
    if w and lost_it(s, id, claim) then
      return 'LOST', w, true
    end
  elseif s.owner == id and (claim == '0' or claim == s.token) then
    return s.place == 'CLAIMED' and 'OWNER' or 'LAST', w, true
  end
  return 'NONE', w, w and true
end

local function not_owner(s)
  return { org.seq, 'NOT_OWNER', waits(s) and '' or s.owner }
end

-- The owner's call accepts its claim.
local function accept(s, w)
  s.last_sign = NOW
  settle_accept(s)
  if w then
    note_accept(w, s.claimed)
  end
end

-- What every call of an owner does: a sign of life, and it accepts its claim; or, where that was lost,
-- `come_back` (lib/taking.lua) brings it back by its plan.
local function act(s, as, w, come_back, plan)
  if w then
    sign_of_life(w)
  end
  if come_back then
    come_back(s, w, plan, true)
    event(s, 'REATTACHED', w.id)
  elseif as == 'OWNER' then
    accept(s, w)
  elseif w and s.state == 'STOPPED' then
    s.last_sign = NOW
    write_session(s)
  end
end
