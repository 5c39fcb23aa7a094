-- A worker's record.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 credential the caller is bound to, or ''
-- Result  seq, 'OK', worker (lib/worker_reply.lua)
--      or seq, 'UNKNOWN_WORKER'
--
-- USES org worker workers worker_reply

local w = read_worker(ARGV[2])
if not w or ARGV[3] ~= '' and ARGV[3] ~= w.registered_by then
  return { org.seq, 'UNKNOWN_WORKER' }
end
return { org.seq, 'OK', worker_reply(w) }
