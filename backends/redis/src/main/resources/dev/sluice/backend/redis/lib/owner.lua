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
