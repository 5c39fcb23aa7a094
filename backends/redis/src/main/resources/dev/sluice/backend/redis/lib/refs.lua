-- How many live and dead sessions need a set of required capabilities, of the org and of their project:
-- lib/org.lua has the layout.

local refs, live_sets, last_set = {}, nil, nil

-- Decides to change the users of a set, and those of a project among them unless it is nil; answers how
-- many it has.
local function refs_of(set_id, project)
  if project then
    sets_of(project)
  end
  if not refs[set_id] then
    local row = call('HMGET', ORG, 'sets', 'refs:' .. set_id)
    if not live_sets then
      live_sets, last_set = match(row[1] or '0 0', '^(%d+) (%d+)$')
    end
    refs[set_id] = last_set and tonumber(row[2] or 0) or damaged(ORG)
  end
  return refs[set_id]
end

-- Writes that line with the step.
local function keep_sets(project, line)
  set_lines[project] = line
  new_heads['sets:' .. project] = line ~= '' and line
end

-- Applies it.
local function change_refs(set_id, project, by)
  local before = refs[set_id]
  local after = before + by
  refs[set_id] = after
  local n = #changed
  changed[n + 1], changed[n + 2] = 'refs:' .. set_id, format('%d', after)
  if before == 0 or after == 0 then
    live_sets = live_sets + by
    changed[n + 3], changed[n + 4] = 'sets', format('%d %d', live_sets, last_set)
  end
  local ids, counts = sets_of(project)
  if not counts[set_id] then
    ids[#ids + 1], counts[set_id] = set_id, 0
  end
  counts[set_id] = counts[set_id] + by
  local line = {}
  for _, id in ipairs(ids) do
    if counts[id] > 0 then
      line[#line + 1] = id .. ':' .. format('%d', counts[id])
    end
  end
  keep_sets(project, table.concat(line, ' '))
end
