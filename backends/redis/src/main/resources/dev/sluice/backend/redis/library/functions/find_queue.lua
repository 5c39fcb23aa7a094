-- Finds the queue of a project.
--
-- Arguments  2 project
-- Result  queue
function Functions.find_queue(args)
  return { org.seq, 'OK', Queues.reply(Queues.of(args[2])) }
end
