-- The timeline of a session.
--
--   {org}:t:<session>  list: sequence number US time US kind US worker US detail; the latest
--                      MAX_EVENTS. That it was enqueued is not in it but in the session's line: it is
--                      the first of them as long as there are fewer.

-- Adds a line, with the sequence number that the step will have taken.
local function event(s, kind, worker, detail)
  local key = AREA .. 't:' .. s.id
  -- A timeline of another type must not undo half a step.
  local size = redis.pcall('RPUSH', key, format('%d', org.seq + 1) .. '\31' .. NOW .. '\31' .. kind
    .. '\31' .. (worker or '') .. '\31' .. (detail or ''))
  if type(size) == 'number' and size > MAX_EVENTS then
    call('LTRIM', key, -MAX_EVENTS, -1)
  end
end

-- Whether the latest line is that late result already.
local function told_late(s, worker, detail)
  local latest = redis.pcall('LINDEX', AREA .. 't:' .. s.id, -1)
  return type(latest) == 'string'
    and match(latest, '^%d+\31%d+\31(.*)$') == 'LATE_RESULT\31' .. worker .. '\31' .. detail
end
