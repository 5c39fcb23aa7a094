-- The messages that a live session has not acknowledged, or those that an ended one left behind.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session
-- Result  seq, 'OK', messages (id, content, ...)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session

local s, refusal = read_session(ARGV[2])
if s and not over(s) then
  return { org.seq, 'OK', call('HGETALL', AREA .. 'messages:' .. s.id) }
elseif refusal == 'DAMAGED' then
  return { org.seq, refusal }
end
local archive = call('HGETALL', AREA .. 'archive:' .. ARGV[2])
if not s and #archive == 0 then
  return { org.seq, refusal }
end
return { org.seq, 'OK', archive }
