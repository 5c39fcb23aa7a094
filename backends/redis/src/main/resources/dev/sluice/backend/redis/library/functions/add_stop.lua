-- Stores an order to stop many sessions.
--
--   {org}:stop-runs      sorted set: id -> when it was ordered
--   {org}:stop-run:<id>  time US project or '' US actor US targets US reason; targets: session RS token RS ...
--
-- Arguments  2 id  3 project or ''  4 targets  5 ... audit line (rules/audit.lua)
-- Result  when it was ordered
-- Refuses CONFLICT
function Functions.add_stop(args)
  local id, project, targets, actor = unpack(args, 2, 5)
  local key = AREA .. 'stop-run:' .. id
  Pages.check('stop-runs')
  Step.expect('string', key)
  Audit.check(args)
  if call('EXISTS', key) == 1 then
    return { org.seq, 'CONFLICT' }
  end

  call('SET', key, NOW .. '\31' .. project .. '\31' .. actor .. '\31' .. targets .. '\31' .. args[#args])
  call('ZADD', AREA .. 'stop-runs', NOW, id)
  Audit.commit(args)
  return { org.seq, 'OK', NOW }
end
