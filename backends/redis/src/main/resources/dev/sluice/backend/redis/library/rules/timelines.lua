-- The timeline of a session.
--
-- A line is: sequence number US time US kind US worker US detail. The latest lines are in the session's own line,
-- separated by the byte 29. When they get long, or when a detail may hold any character, all of them move to
--
--   {org}:t:<session>  list of lines, at most MAX_EVENTS
--
-- The enqueue is stored in neither: it is the first line while there are fewer than MAX_EVENTS.

local MAX_EVENTS_BYTES = 1000

-- Adds the lines in a session's own line to a list.
local function add_lines(list, events)
  for line in string.gmatch(events, '[^\29]+') do
    list[#list + 1] = line
  end
  return list
end

-- Returns a line with the sequence number that this step takes.
function Timelines.text(kind, worker, detail)
  return format('%d', org.seq + 1) .. '\31' .. NOW .. '\31' .. kind .. '\31' .. (worker or '') .. '\31' .. (detail or '')
end

-- Adds a line to `events`, the lines in a session's own line; `apart` moves all to the list. Returns the new `events`.
function Timelines.add(id, events, text, apart)
  if not apart and #events + #text < MAX_EVENTS_BYTES then
    return events == '' and text or events .. '\29' .. text
  end
  local lines, key = add_lines({}, events), AREA .. 't:' .. id
  lines[#lines + 1] = text
  local size = Step.try(call, 'RPUSH', key, unpack(lines))
  if size and size > Rules.MAX_EVENTS then
    call('LTRIM', key, -Rules.MAX_EVENTS, -1)
  end
  return ''
end

-- Returns the latest lines, without that of the enqueue.
function Timelines.lines_of(s)
  local lines = add_lines(call('LRANGE', AREA .. 't:' .. s.id, -Rules.MAX_EVENTS, -1), s.events)
  while #lines > Rules.MAX_EVENTS do
    table.remove(lines, 1)
  end
  return lines
end

-- Causes of Sluice's own (OwnCause).
local OWN_CAUSES = { LEASE_LOST = 'lease-lost', ACCEPT_MISSED = 'accept-missed', NACKED = 'nacked' }

-- Returns why a run failed or a claim came back (Event.cause): nil if the line tells of neither, '' for a failed run
-- without a cause.
local function cause_of(kind, detail)
  if kind == 'RETURNED' then
    return detail and match(detail, '^(.*): %l+$')
  elseif kind == 'ENDED' then
    return detail == 'FAILED' and '' or match(detail, '^FAILED: (.*)$')
  end
  return OWN_CAUSES[kind]
end

-- Adds an event to the timeline, and to the event log of the org. The caller writes the session.
function Timelines.event(s, kind, worker, detail)
  local cause = cause_of(kind, detail)
  if cause then
    Figures.count_cause(s.project, cause)
  end
  s.events = Timelines.add(s.id, s.events, Timelines.text(kind, worker, detail), kind == 'LATE_RESULT')
  Events.of_session(kind, s.project, s.id, worker, detail)
end

-- True if the latest line, or the one before it if `after` is 1, is this one.
function Timelines.is_latest(s, kind, worker, detail, after)
  local own = add_lines({}, s.events)
  local index = #own - (after or 0)
  local latest = own[index] or redis.pcall('LINDEX', AREA .. 't:' .. s.id, index - 1)
  return type(latest) == 'string'
    and match(latest, '^%d+\31%d+\31(.*)$') == kind .. '\31' .. worker .. '\31' .. detail
end
