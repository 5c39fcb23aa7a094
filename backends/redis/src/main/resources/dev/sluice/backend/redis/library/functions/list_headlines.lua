-- Returns the content of a session up to its item, or nil.
local function headline_of(id)
  local head = redis.pcall('GETRANGE', AREA .. 'p:' .. id, 0, 511)
  local stop = type(head) == 'string' and find(head, '\n', 1, true)
  if stop then
    return sub(head, 1, stop)
  end
  local s = Sessions.read_row(id)
  return s and s.content
end

-- Lists the names of sessions.
--
-- Arguments  2 ... sessions
-- Result  id, content up to the item (rules/sessions.lua), ...
function Functions.list_headlines(args)
  local headlines = {}
  for i = 2, #args do
    local headline = headline_of(args[i])
    if headline then
      Pages.append(headlines, args[i], headline)
    end
  end
  return { org.seq, 'OK', headlines }
end
