-- Takes notices to deliver.
--
-- ARGV    2 limit  3 ... ids of delivered ones
-- Result  id, begin, at, try, key, finding (lib/finding.lua), ...
function Functions.take_notices(args)
  local stored, changes = Findings.known() and Findings.read_hash(Findings.notices_key()) or {}, false
  local notices = {}
  for id, line in pairs(stored) do
    local begin, at, tries, due, key, finding = match(line, '^([01])\31(%d+)\31(%d+)\31(%d+)\31([^\31]+)\31(.*)$')
    if not begin then
      Step.damaged(Findings.notices_key())
    end
    notices[id] = { begin = begin, at = at, tries = tries, due = due, key = key, finding = finding }
  end

  local function drop(id)
    call('HDEL', Findings.notices_key(), id)
    notices[id] = nil
    changes = true
  end

  for i = 3, #args do
    if notices[args[i]] then
      drop(args[i])
    end
  end
  local taken, left, behind = {}, args[2] + 0, {}
  for _, id in ipairs(Findings.sorted_keys(notices)) do
    local n = notices[id]
    if n.at + Rules.NOTICE_MS <= now then
      drop(id)
    elseif not behind[n.key] then
      behind[n.key] = true
      if n.due - now <= 0 and left > 0 then
        left = left - 1
        local pause = math.min(Rules.FIRST_RETRY_MS * 2 ^ math.min(n.tries, 10), Rules.LONGEST_RETRY_MS)
        local try = format('%d', n.tries + 1)
        call('HSET', Findings.notices_key(), id, table.concat({ n.begin, n.at, try, format('%d', now + pause), n.key, n.finding }, '\31'))
        changes = true
        for _, part in ipairs({ id, n.begin, n.at, try, n.key, n.finding }) do
          taken[#taken + 1] = part
        end
      end
    end
  end
  if changes then
    Step.commit()
  end
  return { org.seq, 'OK', taken }
end
