-- Finds an order to stop many sessions.
--
-- ARGV    2 id
-- Result  order (add_stop.lua)
-- Refuses UNKNOWN_STOP
function Functions.find_stop(args)
  local key = AREA .. 'stop-run:' .. args[2]
  Step.expect('string', key)
  local run = call('GET', key)
  if not run then
    return { org.seq, 'UNKNOWN_STOP' }
  end
  return { org.seq, 'OK', run }
end
