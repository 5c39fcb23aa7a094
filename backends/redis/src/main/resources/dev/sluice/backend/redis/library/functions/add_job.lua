-- Adds a job to the batch lane.
--
-- Arguments  2 job  3 content hash  4 item
-- Result  1 if it is known, else 0; state
-- Refuses CONFLICT, QUEUE_FULL, STORE_FULL
function Functions.add_job(args)
  local id, hash, item = unpack(args, 2, 4)
  local known, known_hash = Jobs.read(id, 'hash')
  if known and known_hash ~= hash then
    return { org.seq, 'CONFLICT' }
  elseif known then
    return { org.seq, 'OK', 1, known.state }
  end
  Pages.check('jobs')
  local bytes = Rules.RECORD_BYTES + #item
  if org.jobs + org.offers >= Rules.MAX_BATCH then
    return { org.seq, 'QUEUE_FULL' }
  elseif org.bytes + bytes > Rules.MAX_WORK_BYTES then
    return { org.seq, 'STORE_FULL' }
  end

  local number = format('%d', org.seq + 1)
  local j = { id = id, state = 'WAITING', offers = '0', worker = '', created = NOW, updated = NOW, number = number }
  Jobs.store(j, 'hash', hash, 'item', item)
  Jobs.list(j)
  Step.count_bytes(bytes)
  Step.hint('B', Rules.BATCH_CAPABILITY)
  Step.commit()
  return { org.seq, 'OK', 0, 'WAITING' }
end
