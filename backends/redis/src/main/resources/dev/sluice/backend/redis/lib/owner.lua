-- Who owns a session: docs/rules.md. A call names its worker (the holder) by id, by the credential
-- its caller is bound to (or empty), and by a token (or 0).

-- What the holder is to the session: OWNER; LOST, it may re-attach; LAST, it owned the session at
-- its end; NONE. And its record, or nil.
local function relation(s, id, registered_by, claim)
  local w = read_worker(id)
  if registered_by ~= '' and (not w or w.registered_by ~= registered_by) then
    return 'NONE', w
  end
  if s.place == 'READY' then
    if w and s.lost_by == id and (claim == '0' or claim == s.lost_token) then
      return 'LOST', w
    end
  elseif s.owner == id and (claim == '0' or claim == s.token) then
    if s.place == 'CLAIMED' then
      return 'OWNER', w
    elseif s.place == 'ENDED' then
      return 'LAST', w
    end
  end
  return 'NONE', w
end

local function not_owner(s)
  return { org.seq, 'NOT_OWNER', waits(s) and '' or s.owner }
end

-- The first step of each call of an owner: decides on a sign of life and a re-attachment.
local function decide_act(s, w, as)
  if as == 'LOST' then
    check_slot(s, w.id)
    return decide_leave_queue(s)
  elseif as == 'OWNER' then
    check_slot(s, s.owner)
  end
end

-- Applies it: afterwards an owner's claim is accepted, and a lost one is its worker's again.
local function apply_act(s, w, as, take)
  if w then
    sign_of_life(w)
  end
  if as == 'LOST' then
    leave_queue(s, take)
    count('READY', -1)
    count('CLAIMED', 1)
    s.place, s.state, s.owner, s.token = 'CLAIMED', 'CLAIMED', w.id, next_token()
    s.claimed, s.started, s.updated = NOW, '0', now
    s.lost_by, s.lost_token, s.nacked_by, s.return_until = '', '0', '', '0'
    take_slot(w, s)
  elseif as == 'OWNER' then
    s.accept_by = '0'
  end
end
