-- Returns the number of ready and returned work of a project that needs a set. Refuses damaged buckets.
local function work_of(set_id, project)
  local suffix = ':' .. set_id .. ':' .. project
  return call('ZCARD', AREA .. 'ready' .. suffix) + call('ZCARD', AREA .. 'returned' .. suffix)
end

-- Lists the buckets of projects.
--
-- Arguments  2 ... projects
-- Result  project, capabilities separated by RS, number of its ready and returned work, ...
function Functions.list_buckets(args)
  local names, list = {}, {}
  for capabilities, set_id in pairs(Pages.map_of(call('HGETALL', AREA .. 'sets'))) do
    names[set_id] = capabilities
  end
  for i = 2, #args do
    local project = args[i]
    local ok, ids = pcall(Sets.of_project, project)
    for _, set_id in ipairs(ok and ids or {}) do
      local sound, work = pcall(work_of, set_id, project)
      if sound and work > 0 and names[set_id] then
        Pages.append(list, project, names[set_id], work)
      end
    end
  end
  return { org.seq, 'OK', list }
end
