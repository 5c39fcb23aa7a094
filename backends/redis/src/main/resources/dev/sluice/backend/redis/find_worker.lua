-- Finds a worker.
--
-- ARGV    2 worker  3 credential of the caller or ''
-- Result  worker
-- Refuses UNKNOWN_WORKER

local w = read_worker(ARGV[2])
if not w or ARGV[3] ~= '' and ARGV[3] ~= w.registered_by then
  return { org.seq, 'UNKNOWN_WORKER' }
end
return { org.seq, 'OK', worker_reply(w) }
