-- The delivery of notices.

-- Counts a try to deliver a notice. The pause before the next try doubles.
local function try(id, n)
  local pause = math.min(Rules.FIRST_RETRY_MS * 2 ^ math.min(n.tries, 10), Rules.LONGEST_RETRY_MS)
  n.tries, n.due = format('%d', n.tries + 1), format('%d', now + pause)
  call('HSET', Findings.notices_key(), id, Findings.notice_line(n))
end

-- Takes notices to deliver. Of each finding only the oldest one is delivered.
--
-- Arguments  2 limit  3 ... ids of delivered ones
-- Result  id, begin, at, try, key, finding (rules/findings.lua), ...
function Functions.take_notices(args)
  local notices = Findings.known() and Findings.read_hash(Findings.notices_key()) or {}
  for id, line in pairs(notices) do
    notices[id] = Findings.parse_notice(line)
  end
  local changes = false
  local function drop(id)
    call('HDEL', Findings.notices_key(), id)
    notices[id], changes = nil, true
  end
  for i = 3, #args do
    if notices[args[i]] then
      drop(args[i])
    end
  end
  local taken, left, older = {}, args[2] + 0, {}
  for _, id in ipairs(Findings.sorted_keys(notices)) do
    local n = notices[id]
    if n.at + Rules.NOTICE_MS <= now then
      drop(id)
    elseif not older[n.key] then
      older[n.key] = true
      if n.due - now <= 0 and left > 0 then
        left, changes = left - 1, true
        try(id, n)
        Pages.append(taken, id, n.begin, n.at, n.tries, n.key, n.finding)
      end
    end
  end
  if changes then
    Step.commit()
  end
  return { org.seq, 'OK', taken }
end
