-- The timeline of a session.
--
-- A line is sequence number US time US kind US worker US detail. The latest ones stand in the session's
-- own line, parted by the byte 29; where that are many, or one whose detail may hold any character,
-- they go into
--
--   {org}:t:<session>  list: lines; the latest MAX_EVENTS
--
-- That it was enqueued is in neither: it is the first of its lines as long as there are fewer.

local MAX_EVENTS_BYTES = 1000

-- Adds a line, with the sequence number that the step will have taken. The caller writes the session.
local function event(s, kind, worker, detail)
  local text = format('%d', org.seq + 1) .. '\31' .. NOW .. '\31' .. kind .. '\31' .. (worker or '')
    .. '\31' .. (detail or '')
  if kind ~= 'LATE_RESULT' and #s.events + #text < MAX_EVENTS_BYTES then
    s.events = s.events == '' and text or s.events .. '\29' .. text
    return
  end
  local lines = {}
  for line in string.gmatch(s.events, '[^\29]+') do
    lines[#lines + 1] = line
  end
  lines[#lines + 1] = text
  s.events = ''
  -- A list of another type must not undo half a step.
  local key = AREA .. 't:' .. s.id
  local size = redis.pcall('RPUSH', key, unpack(lines))
  if type(size) == 'number' and size > MAX_EVENTS then
    call('LTRIM', key, -MAX_EVENTS, -1)
  end
end

-- Whether the latest line is that late result already.
local function told_late(s, worker, detail)
  local latest = s.events == '' and redis.pcall('LINDEX', AREA .. 't:' .. s.id, -1)
  return type(latest) == 'string'
    and match(latest, '^%d+\31%d+\31(.*)$') == 'LATE_RESULT\31' .. worker .. '\31' .. detail
end
