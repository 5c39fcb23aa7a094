-- Adds a line to the timeline of a session: lib/event_line.lua. The caller writes the session.
local function event(s, kind, worker, detail)
  s.events = add_event(s.id, s.events, event_text(kind, worker, detail), kind == 'LATE_RESULT')
end
