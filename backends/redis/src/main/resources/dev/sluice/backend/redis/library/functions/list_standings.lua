-- Lists the waiting work of a project without items, each with the reason why it waits.
--
-- Arguments  as in functions/list_work.lua
-- Result  session, session of its issue that goes first or '', 1 if that one is claimed, else 0; for each entry; number
--         and id of the last one if more follow, else '', ''; queue
function Functions.list_standings(args)
  local answer = Waiting.answer(args, Sessions.read_row, function(s, reply)
    return { reply, Waiting.first_of_issue(s) }
  end)
  answer[6] = Queues.reply(Queues.of(args[2]))
  return answer
end
