-- Where a session stands and why.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session
-- Result  seq, 'OK', session (lib/reply.lua), session of its issue that goes first or '', 1 if that
--         one is claimed or 0, queue (lib/queue_reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session sessions bucket project refs position reply first_of oldest queue_reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local behind, claimed = first_of_issue(s)
return { org.seq, 'OK', session_reply(s, fields_of(s), position_of(s)), behind, claimed,
  queue_reply(project_of(s.project)) }
