-- Nodes that sweep, and sweeps that did not come: lib/org.lua has the layout.

-- Reads when the org was last swept. Answers the end of the last outage, and until when claims were looked at
-- for their acceptance.
local function read_sweep()
  local last, gap, judged = match(call('HGET', ORG, 'sweep') or '0 0 0', '^(%d+) (%d+) (%d+)$')
  if not judged then
    damaged(ORG)
  end
  return (last == '0' or now - last > OUTAGE_GAP_MS) and NOW or gap, judged
end

-- Notes that a node sweeps. One that begins or ceases to do so may have crashed, and taken poll answers with
-- it: what was handed out before that, or since another node was last heard of, counts as a no-show of no
-- worker. Answers these two times.
local function note_node(name)
  local since, nodes = match(call('HGET', ORG, 'nodes') or '0', '^(%d+)(.*)$')
  local known, others, heard = false, {}, now
  for node, at in string.gmatch(nodes or '', ' (%S+)=(%d+)') do
    if node == name then
      known = true
    elseif now - at > OUTAGE_GAP_MS then
      since = NOW
    else
      heard = math.min(heard, at)
      others[#others + 1] = ' ' .. node .. '=' .. at
    end
  end
  since = known and since or NOW
  local n = #changed
  changed[n + 1], changed[n + 2] = 'nodes', since .. ' ' .. name .. '=' .. NOW .. table.concat(others)
  return since + 0, heard
end
