-- The queue of a project.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 project
-- Result  seq, 'OK', queue (lib/queue_reply.lua)
--
-- USES org session sessions bucket project oldest queue_reply

return { org.seq, 'OK', queue_reply(project_of(ARGV[2])) }
