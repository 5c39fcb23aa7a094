-- An announcement:
--   nodes_key        of the hash of nodes
--   node, clock      that announces itself, and the time
--   layout           in force
--   answer           of the function
--   known            the newest layout that all nodes know
--   silent           nodes that have been silent for long
--   settling         value of `next`

local function time_of(clock)
  if clock ~= '' then
    return clock
  end
  local parts = redis.call('TIME')
  return string.format('%s%03d', parts[1], parts[2] / 1000)
end

-- Returns the layout in force. The first node sets it.
local function layout_in_force(key)
  local layout = redis.call('GET', key)
  if not layout then
    layout = string.format('%d', Rules.NEWEST_LAYOUT)
    if not reading then
      redis.call('SET', key, layout)
    end
  end
  return layout
end

-- Adds the other nodes to the answer, or to the silent ones.
local function read_nodes(a)
  for name, value in pairs(Pages.map_of(redis.call('HGETALL', a.nodes_key))) do
    local newest, at, release = string.match(value, '^(%d+)\31(%d+)\31(.*)$')
    if name == 'next' then
      a.settling = value
    elseif name ~= a.node and (not newest or a.clock - at > Rules.NODE_LEASE_MS) then
      table.insert(a.silent, name)
    elseif name ~= a.node then
      -- If the clock was set back, the node has announced itself now.
      Pages.append(a.answer, name, a.clock - at < 0 and newest .. '\31' .. a.clock .. '\31' .. release or value)
      a.known = math.min(a.known, newest)
    end
  end
end

-- Returns the libraries that live nodes use, the fields of the hash to write, and the fields to delete.
local function read_libraries(key, clock)
  local live, fresh, silent = { LIBRARY }, { LIBRARY, clock }, {}
  for name, value in pairs(Pages.map_of(redis.call('HGETALL', key))) do
    local at = tonumber(value)
    if name ~= LIBRARY and (not at or clock - at > Rules.NODE_LEASE_MS) then
      silent[#silent + 1] = name
    elseif name ~= LIBRARY then
      live[#live + 1] = name
      if at > clock + 0 then
        -- The clock was set back.
        Pages.append(fresh, name, clock)
      end
    end
  end
  return live, fresh, silent
end

local function write_hash(key, set, silent)
  redis.call('HSET', key, unpack(set))
  for _, name in ipairs(silent) do
    redis.call('HDEL', key, name)
  end
end

-- Puts the next layout in force once all nodes have known it for a while without a break.
local function settle_layout(a, version_key)
  if a.known <= a.layout + 0 then
    redis.call('HDEL', a.nodes_key, 'next')
    return
  end
  local known = string.format('%d', a.known)
  local waited, since, at = string.match(a.settling, '^(%d+)\31(%d+)\31(%d+)$')
  if tonumber(waited) ~= a.known or a.clock - since < 0 or a.clock - at > Rules.NODE_LEASE_MS then
    since = a.clock
  end
  if a.clock - since < Rules.UPGRADE_MS then
    redis.call('HSET', a.nodes_key, 'next', known .. '\31' .. since .. '\31' .. a.clock)
  else
    redis.call('SET', version_key, known)
    redis.call('HDEL', a.nodes_key, 'next')
    a.answer[1], a.answer[2] = known, a.layout
  end
end

-- Announces a node and its library, and forgets silent ones. Puts the next layout in force when all nodes have known it for UPGRADE_MS.
--
-- Keys  1 {sluice}:version, string: the layout in force
--       2 {sluice}:nodes, hash: node -> newest layout that it knows US last announcement US release; `next` -> the
--         layout that all nodes know US since when US last announcement of any
--       3 {sluice}:libraries, hash: library that a node uses -> last announcement; `replaced` -> when a node last
--         replaced a library that had another text (LoadedLibraries)
-- Arguments  1 time, or '' for the server's  2 node  3 release
-- Result  layout in force; if the node can read it also the layout before if this step has raised it, else 0; the
--         libraries that were announced within the lease of a node, with a US between them; and for each node its name
--         and value
function Functions.announce(keys, args)
  local clock, node, release = time_of(args[1]), args[2], args[3]
  local layout = layout_in_force(keys[1])
  if not string.find(layout, '^%d+$') or layout + 0 > Rules.NEWEST_LAYOUT or layout + 0 < Rules.OLDEST_LAYOUT then
    return { layout }
  end
  local announced = string.format('%d', Rules.NEWEST_LAYOUT) .. '\31' .. clock .. '\31' .. release
  local libraries, fresh, silent_libraries = read_libraries(keys[3], clock)
  local a = {
    nodes_key = keys[2], node = node, clock = clock, layout = layout,
    answer = { layout, '0', table.concat(libraries, '\31'), node, announced },
    known = Rules.NEWEST_LAYOUT, silent = {}, settling = '',
  }
  read_nodes(a)
  if not reading then
    write_hash(keys[2], { unpack(a.answer, 4) }, a.silent)
    write_hash(keys[3], fresh, silent_libraries)
    settle_layout(a, keys[1])
  end
  return a.answer
end
