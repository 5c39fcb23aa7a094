-- Pauses a project.
--
-- Arguments  2 project  3 end or 0  4 ... audit line (rules/audit.lua)
-- Result  queue
-- Refuses TOO_MANY_PROJECTS
function Functions.pause(args)
  local name, till, actor, reason = args[2], args[3], args[4], args[#args]
  local p = Queues.of(name)
  Pages.check('due', 'queues')
  Audit.check(args)
  if Queues.is_one_too_many(p) then
    return { org.seq, 'TOO_MANY_PROJECTS' }
  end

  call('ZREM', AREA .. 'due', '4\31' .. name)
  p.pause = till
  if till ~= '0' then
    Due.schedule(till, '4', name)
  end
  Step.set_field('pause:' .. name, NOW .. '\31' .. actor .. '\31' .. reason)
  Events.of_queue('PAUSED', name)
  Audit.commit(args)
  return { org.seq, 'OK', Queues.reply(p) }
end
