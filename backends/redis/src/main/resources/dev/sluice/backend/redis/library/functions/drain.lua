-- Drains or undrains a worker for an operator. Undraining lifts a quarantine.
--
-- ARGV    2 worker  3 1 to drain, 0 to undrain  4 ... audit line (lib/audit.lua)
-- Result  worker
-- Refuses UNKNOWN_WORKER
function Functions.drain(args)
  local w = Workers.read(args[2])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  Audit.check(args)
  local forgets = args[3] == '0' and (w.quarantined ~= '0' or w.no_shows ~= '0' or (tonumber(w.nacks) or 0) > 0
    or call('HGET', w.key, 'denials'))
  if w.drained ~= args[3] or forgets then
    w.drained = args[3]
    if args[3] == '0' then
      w.quarantined, w.nacks = '0', '0'
      w.gone[#w.gone + 1] = 'denials'
      if forgets then
        Workers.note_accept(w, NOW)
      end
    end
    Step.hint('S', w.id)
    Workers.write(w)
    Audit.write(args)
    Step.commit()
  elseif Audit.write(args) then
    Step.commit()
  end
  return { org.seq, 'OK', Workers.reply(w) }
end
