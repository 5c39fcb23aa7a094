-- A session, live or ended.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session
-- Result  seq, 'OK', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session sessions reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local position = 0
if waits(s) then
  -- INSERT project refs position
  position = position_of(s)
end
return { org.seq, 'OK', session_reply(s, fields_of(s), position) }
