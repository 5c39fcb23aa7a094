-- Ends the pause of a project.
--
-- ARGV    2 project  3 ... audit line (lib/audit.lua)
-- Result  queue

local name = ARGV[2]
local p = project_of(name)
check_audit()
if p.pause ~= '-' then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'queues')

  call('ZREM', AREA .. 'due', '4\31' .. name)
  call('HDEL', ORG, 'pause:' .. name)
  p.pause = '-'
end
audit()
commit()
return { org.seq, 'OK', queue_reply(p) }
