-- Adds a job to the batch lane.
--
-- ARGV    2 job  3 content hash  4 item
-- Result  1 if it is known, else 0; state
-- Refuses CONFLICT, QUEUE_FULL, STORE_FULL
function Functions.add_job(args)
  local known, hash = Jobs.read(args[2], 'hash')
  if known then
    if hash ~= args[3] then
      return { org.seq, 'CONFLICT' }
    end
    return { org.seq, 'OK', 1, known.state }
  end
  Step.expect('zset', AREA .. 'jobs')
  if org.jobs + org.offers >= Rules.MAX_BATCH then
    return { org.seq, 'QUEUE_FULL' }
  end

  if org.bytes + Rules.RECORD_BYTES + #args[4] > Rules.MAX_WORK_BYTES then
    return { org.seq, 'STORE_FULL' }
  end

  local number = format('%d', org.seq + 1)
  call('HSET', AREA .. 'j:' .. args[2], 'hash', args[3], 'item', args[4])
  Jobs.write({ id = args[2], state = 'WAITING', offers = '0', worker = '', created = NOW, number = number })
  call('ZADD', AREA .. 'jobs', number, args[2])
  org.jobs = format('%d', org.jobs + 1)
  Step.count_bytes(Rules.RECORD_BYTES + #args[4])
  Step.hint('B', Rules.BATCH_CAPABILITY)
  Step.commit()
  return { org.seq, 'OK', 0, 'WAITING' }
end
