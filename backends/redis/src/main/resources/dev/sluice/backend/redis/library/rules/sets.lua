-- Sets of required capabilities, and how many live and dead sessions need each: the fields sets, refs:<set> and
-- sets:<project> of the org.
--
--   {org}:sets  hash: capabilities separated by RS -> number
--
-- Of a repository, which begins with the byte 127, a set has this byte alone: PackedNames.unnamed.
--
-- A set that no session needs keeps its number until another set needs the room.
--
-- sets:<project> is <set>:<number of sessions> for each set that sessions of the project need, separated by blanks.

-- Reads how many sessions need a set, for change_refs; the sets of the project too, unless it is nil.
function Sets.refs_of(set_id, project)
  if project then
    Sets.of_project(project)
  end
  if not refs[set_id] then
    if not live_sets then
      live_sets, last_set = match(Step.field('sets') or '0 0', '^(%d+) (%d+)$')
    end
    refs[set_id] = last_set and tonumber(Step.field('refs:' .. set_id) or 0) or Step.damaged(ORG)
  end
  return refs[set_id]
end

-- Changes the number of sessions that need a set. Decide by refs_of before.
function Sets.change_refs(set_id, project, by)
  local was = refs[set_id]
  local is = was + by
  refs[set_id] = is
  Step.set_field('refs:' .. set_id, format('%d', is))
  if was == 0 or is == 0 then
    live_sets = live_sets + by
    Step.set_field('sets', format('%d %d', live_sets, last_set))
  end
  local ids, counts = Sets.of_project(project)
  if not counts[set_id] then
    ids[#ids + 1], counts[set_id] = set_id, 0
  end
  counts[set_id] = counts[set_id] + by
  local kept, line = {}, {}
  for _, id in ipairs(ids) do
    if counts[id] > 0 then
      kept[#kept + 1], line[#line + 1] = id, id .. ':' .. format('%d', counts[id])
    else
      counts[id] = nil
    end
  end
  project_sets[project] = { ids = kept, counts = counts }
  Step.set_field('sets:' .. project, line[1] and table.concat(line, ' ') or false)
end

-- Decides that a session of the project uses a set. Returns a plan, or nil if the project or the org would have too
-- many sets. `unlimited`: they may.
function Sets.decide(capabilities, project, unlimited)
  local from, to = find(capabilities, '\127[^\30]*')
  local repository = from and '\29' .. sub(capabilities, from + 1, to) or ''
  if from then
    capabilities = sub(capabilities, 1, from) .. sub(capabilities, to + 1)
  end
  local id = call('HGET', AREA .. 'sets', capabilities)
  if id and not refs[id] then
    Step.read_ahead({ 'q:' .. project, 'sets:' .. project, 'sets', 'refs:' .. id, 'ready:' .. id .. ':' .. project })
  end
  local ids, counts = Sets.of_project(project)
  if not unlimited and #ids >= Rules.MAX_CAPABILITY_SETS and not (id and counts[id]) then
    return nil
  end
  if id then
    Sets.refs_of(id)
    if not unlimited and refs[id] <= 0 and live_sets + 0 >= Rules.MAX_ORG_CAPABILITY_SETS then
      return nil
    end
    return { id = id, project = project, repository = repository }
  end
  local unused, unused_refs = {}, {}
  if not unlimited and call('HLEN', AREA .. 'sets') >= Rules.MAX_ORG_CAPABILITY_SETS then
    local all = call('HGETALL', AREA .. 'sets')
    for i = 1, #all, 2 do
      if Sets.refs_of(all[i + 1]) <= 0 then
        unused[#unused + 1] = all[i]
        unused_refs[#unused_refs + 1] = 'refs:' .. all[i + 1]
      end
    end
    if #unused == 0 then
      return nil
    end
  end
  local last = last_set or match(Step.field('sets') or '0 0', ' (%d+)$') or Step.damaged(ORG)
  id = format('%d', last + 1)
  Sets.refs_of(id)
  return { id = id, project = project, repository = repository, capabilities = capabilities, unused = unused, unused_refs = unused_refs }
end

function Sets.use(plan)
  if plan.capabilities then
    if #plan.unused > 0 then
      call('HDEL', AREA .. 'sets', unpack(plan.unused))
      for _, name in ipairs(plan.unused_refs) do
        Step.set_field(name, false)
      end
    end
    call('HSET', AREA .. 'sets', plan.capabilities, plan.id)
    last_set = plan.id
    org.version = format('%d', org.version + 1)
  end
  Sets.change_refs(plan.id, plan.project, 1)
end

-- Returns the capability sets of a project's live and dead sessions, and how many sessions need each.
function Sets.of_project(project)
  local sets = project_sets[project]
  if not sets then
    local line = Step.field('sets:' .. project) or ''
    if find(line, '[^%d: ]') then
      Step.damaged(ORG .. ' sets of ' .. project)
    end
    sets = { ids = {}, counts = {} }
    for id, n in string.gmatch(line, '(%d+):(%d+)') do
      sets.ids[#sets.ids + 1], sets.counts[id] = id, n + 0
    end
    project_sets[project] = sets
  end
  return sets.ids, sets.counts
end
