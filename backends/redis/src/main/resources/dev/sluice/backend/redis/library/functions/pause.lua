-- Pauses a project.
--
-- ARGV    2 project  3 end or 0  4 ... audit line (lib/audit.lua)
-- Result  queue
-- Refuses TOO_MANY_PROJECTS
function Functions.pause(args)
  local name = args[2]
  local p = Queues.of(name)
  Step.expect('zset', AREA .. 'due')
  Step.expect('zset', AREA .. 'queues')
  Audit.check(args)
  if Queues.is_one_too_many(p) then
    return { org.seq, 'TOO_MANY_PROJECTS' }
  end

  call('ZREM', AREA .. 'due', '4\31' .. name)
  p.pause = args[3]
  if p.pause ~= '0' then
    Due.schedule(p.pause, '4', name)
  end
  call('HSET', ORG, 'pause:' .. name, NOW .. '\31' .. args[4] .. '\31' .. args[8])
  Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', Queues.reply(p) }
end
