-- Stores an order to stop many sessions.
--
--   {org}:stop-runs      sorted set: id -> when it was ordered
--   {org}:stop-run:<id>  time US project or '' US actor US targets US reason; targets: session RS token RS ...
--
-- ARGV    2 id  3 project or ''  4 targets  5 ... audit line (lib/audit.lua)
-- Result  when it was ordered
-- Refuses CONFLICT
function Functions.add_stop(args)
  local id = args[2]
  local key = AREA .. 'stop-run:' .. id
  Step.expect('zset', AREA .. 'stop-runs')
  Step.expect('string', key)
  Audit.check(args)
  if call('EXISTS', key) == 1 then
    return { org.seq, 'CONFLICT' }
  end

  call('SET', key, NOW .. '\31' .. args[3] .. '\31' .. args[#args - 4] .. '\31' .. args[4] .. '\31' .. args[#args])
  call('ZADD', AREA .. 'stop-runs', NOW, id)
  Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', NOW }
end
