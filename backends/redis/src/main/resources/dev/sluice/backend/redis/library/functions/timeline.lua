-- Lists the timeline of a session, the oldest line first.
--
-- Arguments  2 session
-- Result  lines (rules/timelines.lua)
-- Refuses UNKNOWN_SESSION, DAMAGED
function Functions.timeline(args)
  local s, refusal = Sessions.read(args[2])
  if not s then
    return { org.seq, refusal }
  end
  local lines = Timelines.lines_of(s)
  if #lines < Rules.MAX_EVENTS then
    table.insert(lines, 1, s.created_seq .. '\31' .. s.created .. '\31ENQUEUED\31\31')
  end
  return { org.seq, 'OK', lines }
end
