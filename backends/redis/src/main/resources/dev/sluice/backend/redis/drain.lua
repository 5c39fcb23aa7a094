-- Drains or undrains a worker for an operator. Undraining lifts a quarantine.
--
-- ARGV    2 worker  3 1 to drain, 0 to undrain  4 ... audit line (lib/audit.lua)
-- Result  worker
-- Refuses UNKNOWN_WORKER

local w = read_worker(ARGV[2])
if not w then
  return { org.seq, 'UNKNOWN_WORKER' }
end
check_audit()
local forgets = ARGV[3] == '0' and (w.quarantined ~= '0' or w.no_shows ~= '0' or (tonumber(w.nacks) or 0) > 0
  or call('HGET', w.key, 'denials'))
if w.drained ~= ARGV[3] or forgets then
  w.drained = ARGV[3]
  if ARGV[3] == '0' then
    w.quarantined, w.nacks = '0', '0'
    w.gone[#w.gone + 1] = 'denials'
    if forgets then
      note_accept(w, NOW)
    end
  end
  hint('S', w.id)
  write_worker(w)
  audit()
  commit()
elseif audit() then
  commit()
end
return { org.seq, 'OK', worker_reply(w) }
