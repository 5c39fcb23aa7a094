-- The line of a session that a poll claims; lib/session.lua has the layout.
--
-- A poll claims without a whole parse, which would take longer than all else: it looks at what it needs, and puts
-- the part that a claim replaces between the others.

-- Reads a waiting session: issue, queued at, deadline, who nacked it or false, its unacknowledged messages, whether it
-- has fields, its timeline, and the first and the third part of its line, the latter without fields. `start` is how the
-- line must begin, up to its score. Answers nil for a damaged one.
local function parse_waiting(line, start, place)
  local first = sub(line, 1, #start) == start and find(line, '\30', #start, true)
  local second = first and find(line, '\30', first + 1, true)
  if not second or find(line, place .. '\31PENDING\31', first + 1, true) ~= first + 1 then
    return nil
  end
  local issue, queued, deadline =
    match(line, '^([^\31\30]*)\31%d\31(%d+)\31%d+\31%d+\31%d+\31(%d+)\31[^\31\30]*\30', #start + 1)
  local counts, unacked, has_fields, events =
    match(line, '^(%d+\31%d+\31(%d+)\31\31([01])\31[01]\31%d+)\30([^\30]*)$', second + 1)
  local nacked_by = false
  if place == 'RETURNED' then
    nacked_by = match(sub(line, first, second - 1), '\31([^\31]*)\31%d+\31[01]\31[%u_]*\31[^\31]*\31[^\31]*$')
  end
  if not counts or nacked_by == nil then
    return nil
  elseif has_fields == '1' then
    counts = string.gsub(counts, '1(\31[01]\31%d+)$', '0%1')
  end
  return issue, queued, deadline, nacked_by, unacked, has_fields, events, sub(line, 1, first - 1), counts
end

-- What a claim replaces, in front of its token and behind it.
local function claim_texts(owner, accept_by)
  local updated, claimed, last_sign = NOW, NOW, NOW
  -- Between: started, ended, release by. At the end: cost, lost by, nacked by, return until, whether told of its stop,
  -- why dead, tools, attempt.
  return '\30CLAIMED\31CLAIMED\31' .. owner .. '\31',
    '\31' .. accept_by .. '\31' .. updated .. '\31' .. claimed .. '\0310\0310\0310\31' .. last_sign
      .. '\0310\31\31\0310\0310\31\31\31\30'
end
