-- Announces a node and forgets silent ones. Puts the next layout in force when all nodes have known it for UPGRADE_MS.
--
-- KEYS    1 {sluice}:version, string: the layout in force
--         2 {sluice}:nodes, hash: node -> newest layout that it knows US last announcement US release; `next` -> the
--           layout that all nodes know US since when US last announcement of any
-- ARGV    1 time, or '' for the server's  2 node  3 release
-- Result  layout in force; if the node can read it also the layout before if this step has raised it, else 0, and for
--         each node its name and value
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

  local answer = { layout, '0', args[2], string.format('%d', Rules.NEWEST_LAYOUT) .. '\31' .. clock .. '\31' .. args[3] }
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
  redis.call('HSET', keys[2], unpack(answer, 3))
  for _, name in ipairs(silent) do
    redis.call('HDEL', keys[2], name)
  end
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
