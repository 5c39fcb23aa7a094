-- Finds the queue of a project.
--
-- ARGV    2 project
-- Result  queue

return { org.seq, 'OK', queue_reply(project_of(ARGV[2])) }
