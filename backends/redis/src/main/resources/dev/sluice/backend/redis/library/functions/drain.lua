-- Drains or undrains a worker for an operator. Undraining lifts a quarantine.
--
-- Arguments  2 worker  3 1 to drain, 0 to undrain  4 ... audit line (rules/audit.lua)
-- Result  worker
-- Refuses UNKNOWN_WORKER
function Functions.drain(args)
  local id, drained = args[2], args[3]
  local w = Workers.read(id)
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  Audit.check(args)
  local undrains = drained == '0'
  local forgets = undrains and (w.quarantined ~= '0' or w.no_shows ~= '0' or (tonumber(w.nacks) or 0) > 0
    or w.failures or call('HGET', w.key, 'denials'))
  local changes = w.drained ~= drained or forgets
  if changes then
    if w.drained ~= drained then
      Events.of_worker(undrains and 'UNDRAINED' or 'DRAINED', id)
    end
    w.drained = drained
    if undrains then
      w.quarantined, w.nacks, w.gone = '0', '0', { 'denials', 'failures' }
    end
    if forgets then
      Workers.note_accept(w, NOW)
    end
    Step.hint('S', id)
    Workers.write(w)
  end
  if Audit.write(args) or changes then
    Step.commit()
  end
  return { org.seq, 'OK', Workers.reply(w) }
end
