-- Lists the buckets of projects.
--
-- ARGV    2 ... projects
-- Result  project, capabilities separated by RS, number of its ready and returned work, ...
function Functions.list_buckets(args)
  local names = {}
  local sets = call('HGETALL', AREA .. 'sets')
  for i = 1, #sets, 2 do
    names[sets[i + 1]] = sets[i]
  end
  local list = {}
  for i = 2, #args do
    local ok, ids = pcall(Sets.of_project, args[i])
    for _, set_id in ipairs(ok and ids or {}) do
      local suffix = ':' .. set_id .. ':' .. args[i]
      local ready = redis.pcall('ZCARD', AREA .. 'ready' .. suffix)
      local returned = redis.pcall('ZCARD', AREA .. 'returned' .. suffix)
      if type(ready) == 'number' and type(returned) == 'number' and ready + returned > 0 and names[set_id] then
        local n = #list
        list[n + 1], list[n + 2], list[n + 3] = args[i], names[set_id], ready + returned
      end
    end
  end
  return { org.seq, 'OK', list }
end
