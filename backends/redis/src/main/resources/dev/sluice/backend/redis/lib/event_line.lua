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

-- A line, with the sequence number that the step will have taken.
local function event_text(kind, worker, detail)
  return format('%d', org.seq + 1) .. '\31' .. NOW .. '\31' .. kind .. '\31' .. (worker or '') .. '\31' .. (detail or '')
end

-- Adds a line to a session; `events` are those that stand in its own line. Answers those that stand there then.
local function add_event(id, events, text, apart)
  if not apart and #events + #text < MAX_EVENTS_BYTES then
    return events == '' and text or events .. '\29' .. text
  end
  local lines = {}
  for line in string.gmatch(events, '[^\29]+') do
    lines[#lines + 1] = line
  end
  lines[#lines + 1] = text
  -- A list of another type must not undo half a step.
  local key = AREA .. 't:' .. id
  local size = redis.pcall('RPUSH', key, unpack(lines))
  if type(size) == 'number' and size > MAX_EVENTS then
    call('LTRIM', key, -MAX_EVENTS, -1)
  end
  return ''
end
