-- Numbers of sets of required capabilities.
--
--   {org}:sets  hash: capabilities parted by RS -> number
--
-- Sets nobody needs any more keep their number until there is no room for another one.

-- Decides that a session of that project uses a set. Answers a plan, or nil if its project or the org
-- would have too many.
local function decide_set(capabilities, project)
  local id = call('HGET', AREA .. 'sets', capabilities)
  local ids, counts = sets_of(project)
  if #ids >= MAX_CAPABILITY_SETS and not (id and counts[id]) then
    return nil
  end
  if id then
    refs_of(id)
    if refs[id] <= 0 and live_sets + 0 >= MAX_ORG_CAPABILITY_SETS then
      return nil
    end
    return { id = id, project = project }
  end
  local unused, unused_refs = {}, {}
  if call('HLEN', AREA .. 'sets') >= MAX_ORG_CAPABILITY_SETS then
    local all = call('HGETALL', AREA .. 'sets')
    for i = 1, #all, 2 do
      if refs_of(all[i + 1]) <= 0 then
        unused[#unused + 1] = all[i]
        unused_refs[#unused_refs + 1] = 'refs:' .. all[i + 1]
      end
    end
    if #unused == 0 then
      return nil
    end
  end
  local last = match(call('HGET', ORG, 'sets') or '0 0', ' (%d+)$') or damaged(ORG)
  id = format('%d', last + 1)
  refs_of(id)
  return { id = id, project = project, capabilities = capabilities, unused = unused, unused_refs = unused_refs }
end

local function use_set(plan)
  if plan.capabilities then
    if #plan.unused > 0 then
      call('HDEL', AREA .. 'sets', unpack(plan.unused))
      call('HDEL', ORG, unpack(plan.unused_refs))
    end
    call('HSET', AREA .. 'sets', plan.capabilities, plan.id)
    last_set = plan.id
    org.version = format('%d', org.version + 1)
  end
  change_refs(plan.id, plan.project, 1)
end
