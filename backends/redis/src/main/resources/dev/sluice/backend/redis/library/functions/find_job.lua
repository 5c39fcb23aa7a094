-- Finds a job of the batch lane.
--
-- Arguments  2 job
-- Result  state, number of offers, worker or '', created, updated, item
-- Refuses UNKNOWN_JOB
function Functions.find_job(args)
  local j, item = Jobs.read(args[2], 'item')
  if not j then
    return { org.seq, 'UNKNOWN_JOB' }
  end
  return { org.seq, 'OK', j.state, j.offers, j.worker, j.created, j.updated, item or Step.damaged(AREA .. 'j:' .. j.id) }
end
