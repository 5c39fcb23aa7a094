-- An order to stop many sessions.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 id
-- Result  seq, 'OK', order (lib/stops.lua)
--      or seq, 'UNKNOWN_STOP'
--
-- USES org stops

check_stop_run(ARGV[2])
local run = call('GET', AREA .. 'stop-run:' .. ARGV[2])
if not run then
  return { org.seq, 'UNKNOWN_STOP' }
end
return { org.seq, 'OK', run }
