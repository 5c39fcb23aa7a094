-- A job of the batch lane, live or over.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 job
-- Result  seq, 'OK', state, how often offered, worker or '', created, updated, item
--      or seq, 'UNKNOWN_JOB'
--
-- USES org batch

local j, item = read_job(ARGV[2], 'item')
if not j then
  return { org.seq, 'UNKNOWN_JOB' }
end
return { org.seq, 'OK', j.state, j.offers, j.worker, j.created, j.updated, item or damaged(AREA .. 'j:' .. j.id) }
