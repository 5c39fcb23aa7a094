-- Ends the pause of a project.
--
-- ARGV    2 project  3 ... audit line (lib/audit.lua)
-- Result  queue
function Functions.resume(args)
  local name = args[2]
  local p = Queues.of(name)
  Audit.check(args)
  if p.pause ~= '-' then
    Step.expect('zset', AREA .. 'due')
    Step.expect('zset', AREA .. 'queues')

    call('ZREM', AREA .. 'due', '4\31' .. name)
    call('HDEL', ORG, 'pause:' .. name)
    p.pause = '-'
  end
  Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', Queues.reply(p) }
end
