-- An operator drains a worker, or undrains it.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 1 to drain, 0 to undrain
--         and the audit line (lib/audit.lua)
-- Result  seq, 'OK', worker (lib/worker_reply.lua)
--      or seq, 'UNKNOWN_WORKER'
--
-- USES org audit worker workers worker_reply

local w = read_worker(ARGV[2])
if not w then
  return { org.seq, 'UNKNOWN_WORKER' }
end
check_audit()
local forgets = ARGV[3] == '0' and (w.quarantined ~= '0' or w.no_shows ~= '0')
if w.drained ~= ARGV[3] or forgets then
  w.drained = ARGV[3]
  if ARGV[3] == '0' then
    w.quarantined = '0'
    if forgets then
      note_accept(w, NOW)
    end
    hint('S', w.id)
  end
  write_worker(w)
  audit()
  commit()
elseif audit() then
  commit()
end
return { org.seq, 'OK', worker_reply(w) }
