-- Ends the pause of a project.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 project
--         and the audit line (lib/audit.lua)
-- Result  seq, 'OK', queue (lib/queue_reply.lua)
--
-- USES org audit session sessions order bucket project oldest queue_reply

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
