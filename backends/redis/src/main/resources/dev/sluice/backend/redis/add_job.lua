-- Adds a job to the batch lane.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 job  3 hash of what was sent  4 item
-- Result  seq, 'OK', 0 new or 1 known, state
--      or seq, 'CONFLICT', 'QUEUE_FULL' or 'STORE_FULL'
--
-- USES org batch

local known, hash = read_job(ARGV[2], 'hash')
if known then
  if hash ~= ARGV[3] then
    return { org.seq, 'CONFLICT' }
  end
  return { org.seq, 'OK', 1, known.state }
end
expect('zset', AREA .. 'jobs')
if org.jobs + org.offers >= MAX_BATCH then
  return { org.seq, 'QUEUE_FULL' }
end

if org.bytes + RECORD_BYTES + #ARGV[4] > MAX_WORK_BYTES then
  return { org.seq, 'STORE_FULL' }
end

local number = format('%d', org.seq + 1)
call('HSET', AREA .. 'j:' .. ARGV[2], 'hash', ARGV[3], 'item', ARGV[4])
write_job({ id = ARGV[2], state = 'WAITING', offers = '0', worker = '', created = NOW, number = number })
call('ZADD', AREA .. 'jobs', number, ARGV[2])
org.jobs = format('%d', org.jobs + 1)
count_bytes(RECORD_BYTES + #ARGV[4])
hint('B', BATCH_CAPABILITY)
commit()
return { org.seq, 'OK', 0, 'WAITING' }
