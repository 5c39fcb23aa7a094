-- Lists the names of sessions.
--
-- ARGV    2 ... sessions
-- Result  id, content up to the item (lib/session.lua), ...
function Functions.list_headlines(args)
  local headlines = {}
  for i = 2, #args do
    local id = args[i]
    local head = redis.pcall('GETRANGE', AREA .. 'p:' .. id, 0, 511)
    local stop = type(head) == 'string' and find(head, '\n', 1, true)
    if stop then
      head = sub(head, 1, stop)
    else
      local s = Sessions.read_row(id)
      head = s and s.content
    end
    if head then
      headlines[#headlines + 1], headlines[#headlines + 2] = id, head
    end
  end
  return { org.seq, 'OK', headlines }
end
