-- Deletes a worker. Its claims return to the queue, nothing counted; its stopped sessions are released.
--
-- ARGV    2 worker  3 credential of the caller or ''  4 ... audit line (lib/audit.lua)
-- Result  ids of the sessions returned
-- Refuses UNKNOWN_WORKER, DAMAGED (session)

local w = known_worker(ARGV[2], ARGV[3])
if not w then
  return { org.seq, 'UNKNOWN_WORKER' }
end
local function decide(s)
  if in_grace(s) then
    return decide_end(s, 'ended')
  end
  return decide_return(s, 'left')
end
-- Applying one plan may change the next one, so the plans are made again below. This finds refusals.
local all = {}
for _, id in ipairs(active_set(w)) do
  local s = read_session(id)
  if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
    return { org.seq, 'DAMAGED', id }
  end
  decide(s)
  all[#all + 1] = s
end
table.sort(all, function(a, b) return bytes_before(a.id, b.id) end)
for _, key in ipairs({ 'leases', 'silent', 'workers', 'registered' }) do
  expect('zset', AREA .. key)
end
local machine = machine_of(w)
check_audit()

local back = {}
for _, s in ipairs(all) do
  local plan = decide(s)
  if in_grace(s) then
    release(s, w, plan)
  else
    event(s, 'RETURNED', w.id)
    give_back(s, w, plan)
    back[#back + 1] = s.id
  end
  write_session(s)
end
delete_worker(w, machine)
audit(#back)
commit()
return { org.seq, 'OK', back }
