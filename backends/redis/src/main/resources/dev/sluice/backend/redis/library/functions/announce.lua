-- Announces a node and its library, and forgets silent ones. Puts the next layout in force when all nodes have known it
-- for UPGRADE_MS.
--
-- KEYS    1 {sluice}:version, string: the layout in force
--         2 {sluice}:nodes, hash: node -> newest layout that it knows US last announcement US release; `next` -> the
--           layout that all nodes know US since when US last announcement of any
--         3 {sluice}:libraries, hash: library that a node uses -> last announcement; `replaced` -> when a node last
--           replaced a library that had another text (LoadedLibraries)
-- ARGV    1 time, or '' for the server's  2 node  3 release
-- Result  layout in force; if the node can read it also the layout before if this step has raised it, else 0; the
--         libraries that were announced within the lease of a node, with a US between them; and for each node its name
--         and value

-- Returns the libraries that live nodes use, the fields of the hash to write, and the fields to delete.
local function read_libraries(key, clock)
  local live, fields, silent = { LIBRARY }, { LIBRARY, clock }, {}
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local name, at = all[i], tonumber(all[i + 1])
    if name ~= LIBRARY then
      if not at or clock - at > Rules.NODE_LEASE_MS then
        silent[#silent + 1] = name
      else
        live[#live + 1] = name
        if at > clock + 0 then
          -- The clock was set back.
          fields[#fields + 1], fields[#fields + 2] = name, clock
        end
      end
    end
  end
  return live, fields, silent
end

local function write_hash(key, fields, silent)
  redis.call('HSET', key, unpack(fields))
  for _, name in ipairs(silent) do
    redis.call('HDEL', key, name)
  end
end

function Functions.announce(keys, args)
  local clock = args[1]
  if clock == '' then
    local parts = redis.call('TIME')
    clock = string.format('%s%03d', parts[1], parts[2] / 1000)
  end
  local function age_of(moment)
    return clock - moment
  end

  local layout = redis.call('GET', keys[1])
  if not layout then
    layout = string.format('%d', Rules.NEWEST_LAYOUT)
    if not reading then
      redis.call('SET', keys[1], layout)
    end
  end
  if not string.find(layout, '^%d+$') or layout + 0 > Rules.NEWEST_LAYOUT or layout + 0 < Rules.OLDEST_LAYOUT then
    return { layout }
  end

  local libraries, library_fields, silent_libraries = read_libraries(keys[3], clock)
  local answer = { layout, '0', table.concat(libraries, '\31') }
  answer[4], answer[5] = args[2], string.format('%d', Rules.NEWEST_LAYOUT) .. '\31' .. clock .. '\31' .. args[3]
  local all = redis.call('HGETALL', keys[2])
  local silent, known, settling = {}, Rules.NEWEST_LAYOUT, ''
  for i = 1, #all, 2 do
    local name, value = all[i], all[i + 1]
    if name == 'next' then
      settling = value
    elseif name ~= args[2] then
      local newest, at, build = string.match(value, '^(%d+)\31(%d+)\31(.*)$')
      if not newest or age_of(at) > Rules.NODE_LEASE_MS then
        silent[#silent + 1] = name
      else
        if age_of(at) < 0 then
          -- The clock was set back.
          value = newest .. '\31' .. clock .. '\31' .. build
        end
        known = math.min(known, newest)
        answer[#answer + 1], answer[#answer + 2] = name, value
      end
    end
  end

  if reading then
    return answer
  end
  write_hash(keys[2], { unpack(answer, 4) }, silent)
  write_hash(keys[3], library_fields, silent_libraries)
  if known <= layout + 0 then
    redis.call('HDEL', keys[2], 'next')
    return answer
  end
  local waited, since, at = string.match(settling, '^(%d+)\31(%d+)\31(%d+)$')
  if tonumber(waited) ~= known or age_of(since) < 0 or age_of(at) > Rules.NODE_LEASE_MS then
    since = clock
  end
  if age_of(since) < Rules.UPGRADE_MS then
    redis.call('HSET', keys[2], 'next', string.format('%d', known) .. '\31' .. since .. '\31' .. clock)
  else
    redis.call('SET', keys[1], string.format('%d', known))
    redis.call('HDEL', keys[2], 'next')
    answer[1], answer[2] = string.format('%d', known), layout
  end
  return answer
end
