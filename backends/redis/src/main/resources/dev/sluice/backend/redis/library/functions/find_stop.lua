-- Finds an order to stop many sessions.
--
-- Arguments  2 id
-- Result  order (functions/add_stop.lua)
-- Refuses UNKNOWN_STOP
function Functions.find_stop(args)
  local key = AREA .. 'stop-run:' .. args[2]
  Step.expect('string', key)
  local order = call('GET', key)
  if not order then
    return { org.seq, 'UNKNOWN_STOP' }
  end
  return { org.seq, 'OK', order }
end
