-- Finds a session with why it waits.
--
-- ARGV    2 session
-- Result  session; session of its issue that goes first or '', 1 if that one is claimed, else 0; queue
-- Refuses UNKNOWN_SESSION, DAMAGED

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local behind, claimed = first_of_issue(s)
return { org.seq, 'OK', session_reply(s, fields_of(s), position_of(s)), behind, claimed,
  queue_reply(project_of(s.project)) }
