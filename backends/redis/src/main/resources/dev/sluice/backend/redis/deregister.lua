-- Deletes a worker. Its claims return to the queue, nothing counted; what it was stopping is
-- released.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 credential that registered it, or ''
-- Result  seq, 'OK', ids of the sessions returned
--      or seq, 'UNKNOWN_WORKER'; or seq, 'DAMAGED', session
--
-- USES org worker workers active session order bucket queue slots count refs ending returning

local w = read_worker(ARGV[2])
if not w or ARGV[3] ~= '' and ARGV[3] ~= w.registered_by then
  return { org.seq, 'UNKNOWN_WORKER' }
end
local steps = {}
for _, id in ipairs(active_set(w)) do
  local s = read_session(id)
  if not s or s.place ~= 'CLAIMED' or s.owner ~= w.id then
    return { org.seq, 'DAMAGED', id }
  end
  check_slot(s, w.id)
  if in_grace(s) then
    refs_of(s.set)
    steps[#steps + 1] = { s = s }
  else
    steps[#steps + 1] = { s = s, put = decide_put('ready', s) }
  end
end
expect('zset', AREA .. 'accepts')
expect('zset', AREA .. 'leases')

local back = {}
for _, step in ipairs(steps) do
  local s = step.s
  if step.put then
    give_back(s, w, step.put, 'READY')
    back[#back + 1] = s.id
  else
    leave_slot(w, s)
    end_session(s)
  end
  write_session(s)
end
call('UNLINK', w.key, AREA .. 'mail:' .. w.id)
call('ZREM', AREA .. 'leases', w.id)
call('ZREM', AREA .. 'accepts', w.id)
commit()
return { org.seq, 'OK', back }
