-- A session, live or ended.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session
-- Result  seq, 'OK', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org bucket session order queue worker workers ending reply

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local rest = read_rest(s)
if not rest then
  return { org.seq, 'DAMAGED' }
end
local position = 0
if waits(s) then
  position = position_of(s)
end
return { org.seq, 'OK', session_reply(s, rest, position) }
