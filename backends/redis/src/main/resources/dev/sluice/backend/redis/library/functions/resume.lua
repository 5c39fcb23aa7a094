-- Ends the pause of a project.
--
-- Arguments  2 project  3 ... audit line (rules/audit.lua)
-- Result  queue
function Functions.resume(args)
  local name = args[2]
  local p = Queues.of(name)
  Audit.check(args)
  if p.pause ~= '-' then
    Pages.check('due', 'queues')
    call('ZREM', AREA .. 'due', '4\31' .. name)
    Step.set_field('pause:' .. name, false)
    p.pause = '-'
    Events.of_queue('RESUMED', name)
  end
  Audit.commit(args)
  return { org.seq, 'OK', Queues.reply(p) }
end
