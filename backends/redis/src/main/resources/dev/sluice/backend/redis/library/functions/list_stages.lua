-- Tells how far sessions are.
--
-- Arguments  2 ... sessions
-- Result  id, project, place, state, ...
function Functions.list_stages(args)
  local stages = {}
  for i = 2, #args do
    local s = Sessions.read(args[i])
    if s then
      Pages.append(stages, args[i], s.project, s.place, s.state)
    end
  end
  return { org.seq, 'OK', stages }
end
