-- Adds a job to the batch lane.
--
-- ARGV    2 job  3 content hash  4 item
-- Result  1 if it is known, else 0; state
-- Refuses CONFLICT, QUEUE_FULL, STORE_FULL

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
