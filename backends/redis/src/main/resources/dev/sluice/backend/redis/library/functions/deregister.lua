-- Deletes a worker. Its claims return to the queue, nothing counted; its stopped sessions are released.
--
-- ARGV    2 worker  3 credential of the caller or ''  4 ... audit line (lib/audit.lua)
-- Result  ids of the sessions returned
-- Refuses UNKNOWN_WORKER, DAMAGED (session)
function Functions.deregister(args)
  local w = Workers.known(args[2], args[3])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  local function decide(s)
    if Sessions.in_grace(s) then
      return Endings.decide(s, 'ended')
    end
    return Endings.decide_return(s, 'left')
  end
  -- Applying one plan may change the next one, so the plans are made again below. This finds refusals.
  local all = {}
  for _, id in ipairs(Workers.active_set(w)) do
    local s = Sessions.read(id)
    if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
      return { org.seq, 'DAMAGED', id }
    end
    decide(s)
    all[#all + 1] = s
  end
  table.sort(all, function(a, b) return Pages.bytes_before(a.id, b.id) end)
  for _, key in ipairs({ 'leases', 'silent', 'workers', 'registered' }) do
    Step.expect('zset', AREA .. key)
  end
  local machine = Workers.machine_of(w)
  Audit.check(args)

  local back = {}
  for _, s in ipairs(all) do
    local plan = decide(s)
    if Sessions.in_grace(s) then
      Endings.release(s, w, plan)
    else
      Timelines.event(s, 'RETURNED', w.id)
      Endings.give_back(s, w, plan)
      back[#back + 1] = s.id
    end
    Sessions.write(s)
  end
  Workers.delete(w, machine)
  Audit.write(args, #back)
  Step.commit()
  return { org.seq, 'OK', back }
end
