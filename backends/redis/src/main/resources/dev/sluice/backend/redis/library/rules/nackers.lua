-- The workers that nacked a session since it last ran, and the back-offs that keep it from them. rules/sessions.lua has
-- their text.
--
-- While a session waits, each back-off has an entry in {org}:returns:<worker> (rules/workers.lua), and the earliest one
-- an entry in {org}:due.

-- Returns a list of { worker, nacks, until, '!' if it denied the session for good, else '' }.
function Nackers.of(s)
  local list = {}
  for worker, nacks, denied, till in string.gmatch(s.nackers, '\29([^\29]+)\29(%d+)(!?)\29(%d+)') do
    list[#list + 1] = { worker, nacks, till, denied }
  end
  return list
end

-- Returns how long a session is kept from a worker after so many nacks: Rules.nackBackoffMs.
function Nackers.back_off_ms(nacks)
  return math.max(Rules.NACK_BACKOFF_MS, math.min(Rules.LONGEST_NACK_BACKOFF_MS, Rules.NACK_BACKOFF_MS * 2 ^ (nacks - 1)))
end

-- Adds a nack of a worker to the list. `denied`: the worker denied the session for good, which layout 7 can't tell.
function Nackers.add(list, worker, denied)
  local at = 1
  while list[at] and list[at][1] ~= worker do
    at = at + 1
  end
  local before = list[at] or { worker, 0, '0', '' }
  local nacks = before[2] + 1
  local mark = denied and org.layout - 7 > 0 and '!' or before[4]
  local back_off = denied and Rules.LONGEST_NACK_BACKOFF_MS or Nackers.back_off_ms(nacks)
  list[at] = { worker, format('%d', nacks), format('%d', now + back_off), mark }
end

-- True if a worker other than this one denied the session for good.
function Nackers.denied_by_other(list, worker)
  for _, nacker in ipairs(list) do
    if nacker[4] ~= '' and nacker[1] ~= worker then
      return true
    end
  end
  return false
end

-- Ends the back-offs whose time has come. True if any is left.
function Nackers.end_back_offs(list)
  local left = false
  for _, nacker in ipairs(list) do
    if nacker[3] + 0 <= now then
      nacker[3] = '0'
    end
    left = left or nacker[3] ~= '0'
  end
  return left
end

-- Sets the text of the nackers.
function Nackers.write(s, list)
  local parts = {}
  for i, nacker in ipairs(list) do
    parts[i] = '\29' .. nacker[1] .. '\29' .. nacker[2] .. nacker[4] .. '\29' .. nacker[3]
  end
  s.nackers = table.concat(parts)
end

-- Checks the types of what begin_returns and end_returns write.
function Nackers.check_returns(list)
  Pages.check('due')
  for _, nacker in ipairs(list) do
    if nacker[3] ~= '0' then
      Pages.check('returns:' .. nacker[1])
    end
  end
end

-- Begins the back-offs of a session that waits.
function Nackers.begin_returns(s, list)
  Nackers.write(s, list)
  s.return_until = '0'
  for _, nacker in ipairs(list) do
    if nacker[3] ~= '0' then
      call('ZADD', AREA .. 'returns:' .. nacker[1], nacker[3], s.id)
      if s.return_until == '0' or nacker[3] + 0 < s.return_until + 0 then
        s.return_until = nacker[3]
      end
    end
  end
  if s.return_until ~= '0' then
    Due.schedule(s.return_until, '3', s.id)
  end
end

-- Takes a session that stops waiting out of the lists. Its back-offs last.
function Nackers.end_returns(s)
  call('ZREM', AREA .. 'due', '3\31' .. s.id)
  for _, nacker in ipairs(Nackers.of(s)) do
    call('ZREM', AREA .. 'returns:' .. nacker[1], s.id)
  end
  s.return_until = '0'
end

-- True if a back-off keeps the waiting session from the worker.
function Nackers.kept_from(s, worker)
  for _, nacker in ipairs(s.return_until ~= '0' and Nackers.of(s) or {}) do
    if nacker[1] == worker then
      return nacker[3] ~= '0'
    end
  end
  return false
end
