-- Returns the number of ready and returned work of a project that needs a set. Refuses damaged buckets.
local function work_of(set_id, project)
  local suffix = ':' .. set_id .. ':' .. project
  return call('ZCARD', AREA .. 'ready' .. suffix) + call('ZCARD', AREA .. 'returned' .. suffix)
end

-- Counts the work in the lanes of one kind, by project and repository. `counts`: tables of the projects that are asked
-- for. `left`: number of lanes to look at; returns how many are left. Refuses damaged lanes.
local function count_lanes(key, counts, left)
  local from = '-'
  while left > 0 do
    local member = call('ZRANGEBYLEX', key, from, '+', 'LIMIT', '0', '1')[1]
    local lane, repository, project = match(member or '', '^(([^\31]*)/\31([^\31]*)\31)')
    if not lane then
      return left
    end
    local behind = sub(lane, 1, -2) .. '\32'
    local known = counts[project]
    if known then
      known[repository] = (known[repository] or 0) + call('ZLEXCOUNT', key, '[' .. lane, '(' .. behind)
    end
    from, left = '[' .. behind, left - 1
  end
  return left
end

-- Adds the buckets of a set whose work names repositories. `works`: number of work by project. `left`: number of lanes to
-- look at; returns how many are left.
local function add_lanes(list, set_id, capabilities, works, left)
  local counts = {}
  for project in pairs(works) do
    counts[project] = {}
  end
  pcall(function()
    left = count_lanes(AREA .. 'lanes:ready:' .. set_id, counts, left)
    left = count_lanes(AREA .. 'lanes:returned:' .. set_id, counts, left)
  end)
  for project, work in pairs(works) do
    for repository, some in pairs(counts[project]) do
      Pages.append(list, project, capabilities, some, repository)
      work = work - some
    end
    if work > 0 then
      Pages.append(list, project, capabilities, work, '*')
    end
  end
  return left
end

-- Lists the buckets of projects.
--
-- Arguments  2 ... projects
-- Result  project, capabilities separated by RS, number of its ready and returned work, repository, * for those that
--         aren't listed one by one or '', ...
function Functions.list_buckets(args)
  local names, list, by_repository = {}, {}, {}
  for capabilities, set_id in pairs(Pages.map_of(call('HGETALL', AREA .. 'sets'))) do
    names[set_id] = capabilities
  end
  for i = 2, #args do
    local project = args[i]
    local ok, ids = pcall(Sets.of_project, project)
    for _, set_id in ipairs(ok and ids or {}) do
      local sound, work = pcall(work_of, set_id, project)
      if sound and work > 0 and names[set_id] then
        if find(names[set_id], '\127', 1, true) then
          by_repository[set_id] = by_repository[set_id] or {}
          by_repository[set_id][project] = work
        else
          Pages.append(list, project, names[set_id], work, '')
        end
      end
    end
  end
  local left = Rules.MAX_REPOSITORIES
  for set_id, works in pairs(by_repository) do
    left = add_lanes(list, set_id, names[set_id], works, left)
  end
  return { org.seq, 'OK', list }
end
