-- Lists claims, with the facts that tell their health. Pages of a thousand are read often, so no line is parsed here.
--
-- ARGV    2 project or '' for all  3 time and  4 id of the last entry before the page, or ''  5 limit
-- Result  id, line without timeline (lib/session.lua), ...; time and id of the last entry if more follow, else '', ''
function Functions.list_claims(args)
  local index = AREA .. 'claimed' .. (args[2] ~= '' and ':' .. args[2] or '')
  local list, more = Pages.up(index, args[3], args[4], args[5] + 0)
  local keys = {}
  for i = 1, #list, 2 do
    keys[#keys + 1] = AREA .. 's:' .. list[i]
  end
  local lines = #keys > 0 and call('MGET', unpack(keys)) or {}
  local claims = {}
  for i = 1, #keys do
    local line = lines[i]
    local kept = line and find(line, '\30', 1, true)
    local counts = kept and find(line, '\30', kept + 1, true)
    local timeline = counts and find(line, '\30', counts + 1, true)
    if timeline then
      claims[#claims + 1], claims[#claims + 2] = list[2 * i - 1], sub(line, 1, timeline - 1)
    end
  end
  return { org.seq, 'OK', claims, more and list[#list] or '', more and list[#list - 1] or '' }
end
