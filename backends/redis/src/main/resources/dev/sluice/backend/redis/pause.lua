-- Pauses a project.
--
-- ARGV    2 project  3 end or 0  4 ... audit line (lib/audit.lua)
-- Result  queue
-- Refuses TOO_MANY_PROJECTS

local name = ARGV[2]
local p = project_of(name)
expect('zset', AREA .. 'due')
expect('zset', AREA .. 'queues')
check_audit()
if is_one_too_many(p) then
  return { org.seq, 'TOO_MANY_PROJECTS' }
end

call('ZREM', AREA .. 'due', '4\31' .. name)
p.pause = ARGV[3]
if p.pause ~= '0' then
  schedule(p.pause, '4', name)
end
call('HSET', ORG, 'pause:' .. name, NOW .. '\31' .. ARGV[4] .. '\31' .. ARGV[8])
audit()
commit()
return { org.seq, 'OK', queue_reply(p) }
