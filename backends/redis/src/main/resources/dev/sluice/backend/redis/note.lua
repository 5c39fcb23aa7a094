-- Sets the note of an operator on a worker. The same note again changes nothing.
--
-- ARGV    2 worker  3 note, '' to remove it  4 ... audit line (lib/audit.lua)
-- Result  worker
-- Refuses UNKNOWN_WORKER

local w = read_worker(ARGV[2])
if not w then
  return { org.seq, 'UNKNOWN_WORKER' }
end
check_audit()
local changes = (call('HGET', w.key, 'note') or '') ~= ARGV[3]
if changes then
  if ARGV[3] == '' then
    w.gone = { 'note' }
  else
    w.set = { 'note', ARGV[3] }
  end
  write_worker(w)
end
if audit() or changes then
  commit()
end
return { org.seq, 'OK', worker_reply(w) }
