-- Returns the line of a session up to its timeline, or nil for a damaged one.
local function without_timeline(line)
  local kept = line and find(line, '\30', 1, true)
  local counts = kept and find(line, '\30', kept + 1, true)
  local timeline = counts and find(line, '\30', counts + 1, true)
  return timeline and sub(line, 1, timeline - 1)
end

-- Lists claims, with the facts that tell their health. Pages of a thousand are read often, so no line is parsed here.
--
-- Arguments  2 project or '' for all  3 time and  4 id of the last entry before the page, or ''  5 limit
-- Result  id, line without timeline (rules/sessions.lua), ...; time and id of the last entry if more follow, else '',
--         ''
function Functions.list_claims(args)
  local project, time, id, limit = unpack(args, 2, 5)
  local index = AREA .. 'claimed' .. (project ~= '' and ':' .. project or '')
  local list, more = Pages.up(index, time, id, limit + 0)
  local keys, claims = {}, {}
  for i = 1, #list, 2 do
    keys[#keys + 1] = AREA .. 's:' .. list[i]
  end
  local lines = keys[1] and call('MGET', unpack(keys)) or {}
  for i = 1, #keys do
    local line = without_timeline(lines[i])
    if line then
      Pages.append(claims, list[2 * i - 1], line)
    end
  end
  return { org.seq, 'OK', claims, more and list[#list] or '', more and list[#list - 1] or '' }
end
