-- Finds a worker.
--
-- Arguments  2 worker  3 credential of the caller or ''
-- Result  worker
-- Refuses UNKNOWN_WORKER
function Functions.find_worker(args)
  local id, credential = args[2], args[3]
  local w = Workers.read(id)
  if not w or credential ~= '' and credential ~= w.registered_by then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  return { org.seq, 'OK', Workers.reply(w) }
end
