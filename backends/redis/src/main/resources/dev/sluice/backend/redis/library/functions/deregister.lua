-- The end of a registration.

-- Decides the end of a claim.
local function decide(s)
  if Sessions.in_grace(s) then
    return Endings.decide(s, 'ended')
  end
  return Endings.decide_return(s, 'left')
end

-- Returns the claims of a worker, by the bytes of their ids; or nil and the id of a damaged one. Applying one plan may
-- change the next one, so this makes the plans only to find refusals.
local function claims_of(w)
  local ids, claims = Workers.active_set(w), {}
  table.sort(ids, Pages.bytes_before)
  for i, id in ipairs(ids) do
    local s = Sessions.read(id)
    if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
      return nil, id
    end
    decide(s)
    claims[i] = s
  end
  return claims
end

-- Ends a claim. True if its session returns to the queue.
local function end_claim(s, w)
  local plan, returns = decide(s), not Sessions.in_grace(s)
  if returns then
    Timelines.event(s, 'RETURNED', w.id)
    Endings.give_back(s, w, plan)
  else
    Endings.release(s, w, plan)
  end
  Sessions.write(s)
  return returns
end

-- Deletes a worker. Its claims return to the queue, nothing counted; its stopped sessions are released.
--
-- Arguments  2 worker  3 credential of the caller or ''  4 ... audit line (rules/audit.lua)
-- Result  ids of the sessions returned
-- Refuses UNKNOWN_WORKER, DAMAGED (session)
function Functions.deregister(args)
  local w = Workers.known(args[2], args[3])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  local claims, damaged = claims_of(w)
  if not claims then
    return { org.seq, 'DAMAGED', damaged }
  end
  Pages.check('leases', 'silent', 'workers', 'registered')
  local machine = Workers.machine_of(w)
  Audit.check(args)

  local returned = {}
  for _, s in ipairs(claims) do
    returned[#returned + 1] = end_claim(s, w) and s.id or nil
  end
  Workers.delete(w, machine)
  Audit.commit(args, #returned)
  return { org.seq, 'OK', returned }
end
