-- Finds a worker.
--
-- ARGV    2 worker  3 credential of the caller or ''
-- Result  worker
-- Refuses UNKNOWN_WORKER
function Functions.find_worker(args)
  local w = Workers.read(args[2])
  if not w or args[3] ~= '' and args[3] ~= w.registered_by then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  return { org.seq, 'OK', Workers.reply(w) }
end
